/** Figures with their units, the same way everywhere. A figure that is not there is a dash. */

const dash = '–'

/** The unit grows with the figure, so that no figure needs more than four digits. */
export const duration = (ms: number | null | undefined): string => {
  if (ms === null || ms === undefined) return dash
  const size = Math.abs(ms)
  if (size >= 99_950) return `${(ms / 60_000).toFixed(1)} min`
  if (size >= 999.5) return `${(ms / 1000).toFixed(1)} s`
  return size >= 99.95 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`
}

export const share = (part: number | null): string => (part === null ? dash : `${Math.round(part * 100)}%`)

const whole = new Intl.NumberFormat('en')

export const count = (n: number): string => whole.format(n)

export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const shortDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** For an axis: the day stands where one begins. */
export const clockOrDay = (epoch: number): string => {
  const at = shortClock.format(epoch)
  return at === '00:00' ? shortDate.format(epoch) : at
}

export const time = (epoch: number): string => clock.format(epoch)

/** `back-on-checkout` → `Back on checkout` */
export const title = (name: string): string => {
  const words = name.replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
