/** Thresholds that no scenario tells from one that is 30 % off, and why that is right: `moment.option +` or `-`. */
export const mayLive: Readonly<Record<string, string>> = {
  'rage-typing.sameTryMs +': 'nobody sends a form twice within 65 ms',
}
