const bound = 'bounds what is remembered; no story is so long'

/** Thresholds that no scenario tells from one that is 30 % off, and why that is right: `moment.option +` or `-`. */
export const mayLive: Readonly<Record<string, string>> = {
  'rage-typing.sameTryMs +': 'nobody sends a form twice within 65 ms',
  'rage-click.most +': bound,
  'rage-click.most -': bound,
  'multi-click.most +': bound,
  'multi-click.most -': bound,
  'dead-click.most +': bound,
  'dead-click.most -': bound,
  'error-click.most +': bound,
  'error-click.most -': bound,
  'error-click.faults -': 'fewer than one is one: a fault must be there',
  'form-abandonment.mostFields +': bound,
  'form-abandonment.mostFields -': bound,
  'form-abandonment.changes -': 'fewer than one is one: a change must be there',
}
