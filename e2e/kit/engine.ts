import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DeciderRequest } from '../../sdk/schema/decider'

interface Answer {
  readonly status?: number
  readonly body: string
}

/** A shop's own engine on an address of its own, which is another origin than the shop's. */
export async function serveEngine() {
  const asked: DeciderRequest[] = []
  const preflights: string[] = []
  const held: ServerResponse[] = []
  const state: { answer: Answer | 'hold' } = { answer: 'hold' }
  const send = (response: ServerResponse, { status = 200, body }: Answer) => {
    response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    response.end(body)
  }
  const server = createServer((request, response) => {
    if (request.method !== 'POST') preflights.push(request.method ?? '')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(Buffer.concat(chunks).toString()) as DeciderRequest)
      if (state.answer === 'hold') held.push(response)
      else send(response, state.answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/decide`,
    /** The questions that came, in order. */
    asked,
    /** Requests of other methods: none, where no preflight is needed. */
    preflights,
    /** From now on it answers so; `hold`: not before `release`. */
    answers: (answer: object | Answer | 'hold') =>
      void (state.answer =
        answer === 'hold' || 'body' in answer ? (answer as Answer) : { body: JSON.stringify(answer) }),
    release(answer: object) {
      for (const response of held.splice(0)) send(response, { body: JSON.stringify(answer) })
    },
    /** What is still held is answered: the browser would tell of a connection that breaks. */
    async close() {
      for (const response of held.splice(0)) send(response, { body: '{}' })
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export type Engine = Awaited<ReturnType<typeof serveEngine>>
