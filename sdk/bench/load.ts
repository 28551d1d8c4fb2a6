/** Events as scripts send them, from as many clients at once as asked, each waiting for its answer before the next. */
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { decisionEvent, momentEvent, shownEvent } from '../../demo-site/collector/test-events'

export interface Load {
  readonly url: string
  readonly events: number
  readonly clients: number
  /** The script sends at most this many in one request. */
  readonly perRequest: number
  /** Told after each answer. */
  onAnswer(acknowledged: number): void
}

export interface Answered {
  readonly tookMs: number
  /** Of each request that was acknowledged, ms. */
  readonly answers: readonly number[]
  readonly acknowledged: number
  /** Sent once more, since they were refused or not answered. */
  readonly again: number
}

const placeholder = '00000000-0000-7000-8000-000000000000'
const forms = [momentEvent(), decisionEvent(), shownEvent()].map((event) =>
  JSON.stringify({ ...event, id: placeholder }).split(placeholder),
)

/** As the script makes them: in the order of time, then of chance. */
const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

const post = (url: string, body: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) }
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject).end(body)
  })

export async function sendLoad({ url, events, clients, perRequest, onAnswer }: Load): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const answers: number[] = []
  let [made, acknowledged, again] = [0, 0, 0]
  const start = performance.now()

  const client = async (): Promise<void> => {
    for (;;) {
      const count = Math.min(perRequest, events - made)
      if (count === 0) return
      const lines = Array.from({ length: count }, () => forms[made++ % forms.length]!.join(newId()))
      const body = lines.join('\n')
      let from = performance.now()
      // As the script does: what is not acknowledged comes again.
      while ((await post(url, body, agent).catch(() => 0)) !== 200) {
        again += count
        await pause(50)
        from = performance.now()
      }
      answers.push(performance.now() - from)
      acknowledged += count
      onAnswer(acknowledged)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  return { tookMs: performance.now() - start, answers, acknowledged, again }
}
