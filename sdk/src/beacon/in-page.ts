import type { BeaconEvent } from '../../schema/event'
import type { Answer, Platform, Send } from '../platform/platform'
import type { InPage, Provided } from './encoder'

/** Hands events to the page as if it were a collector: it has taken them once it has returned, or its promise has. */
export const handing = (
  format: InPage,
  provided: Provided,
  { clock, say }: Pick<Platform, 'clock' | 'say'>,
): Send => {
  const told = new Set<string>()
  const answer = (status: number): Answer => ({
    status,
    text: '',
    bytes: new ArrayBuffer(0),
    header: () => null,
  })
  const failed = (error: unknown) => {
    const line = `the format "${format.name}" failed (${String(error)})`
    if (!told.has(line)) say('error', line)
    told.add(line)
    return answer(503)
  }
  const hand = async (events: BeaconEvent[]) => {
    await format.hand(events, provided)
    return answer(200)
  }
  return async (_url, { body = '[]', timeoutMs }) => {
    let stop = () => {}
    const late = new Promise<Answer>((resolve) => {
      stop = clock.after(timeoutMs, () => resolve(failed(`no answer in ${timeoutMs} ms`)))
    })
    const first = await Promise.race([hand(JSON.parse(body) as BeaconEvent[]).catch(failed), late])
    stop()
    return first
  }
}
