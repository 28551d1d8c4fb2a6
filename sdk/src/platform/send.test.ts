import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { send } from './send'

afterEach(() => void vi.unstubAllGlobals())
const answers = (make: () => Response) => {
  const asked: RequestInit[] = []
  vi.stubGlobal('fetch', async (_url: string, request: RequestInit) => {
    asked.push(request)
    return make()
  })
  return asked
}

describe('send', () => {
  test('reads the answer to its end and gives back status, headers and text', async () => {
    answers(() => new Response('{"accepted":1}', { status: 207, headers: { 'Retry-After': '3' } }))
    const answer = await send('/x', { timeoutMs: 100 })
    expect([answer.status, answer.text, answer.header('retry-after')]).toEqual([207, '{"accepted":1}', '3'])
  })

  test('says of where the page is only the origin', async () => {
    const asked = answers(() => new Response(''))
    await send('/x', { timeoutMs: 100 })
    expect(asked[0]).toMatchObject({ referrerPolicy: 'strict-origin' })
  })

  test.each([
    ['by its length', () => new Response('x', { headers: { 'content-length': '5000000' } })],
    ['by what comes', () => new Response('x'.repeat(5_000))],
  ])('refuses too much %s, and lets the connection go', async (_how, make) => {
    const [asked] = [answers(make)]
    await expect(send('/x', { timeoutMs: 100, maxBytes: 1_000 })).rejects.toThrow('wanted at most 1000 bytes')
    expect(asked[0]!.signal!.aborted).toBe(true)
  })

  describe('when no answer comes for long', () => {
    /** Answers when told to, and lets go when aborted, as `fetch` does. */
    const slow = () => {
      let answers = (_response: Response) => {}
      vi.stubGlobal(
        'fetch',
        (_url: string, { signal }: RequestInit) =>
          new Promise<Response>((resolve, reject) => {
            answers = resolve
            signal!.addEventListener('abort', () => reject(signal!.reason as Error))
          }),
      )
      return (response: Response) => answers(response)
    }
    // Those that `send` uses: Node's own streams have others, which may still be under way from the test before.
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
    afterEach(() => void vi.useRealTimers())

    test('gives up after its time', async () => {
      slow()
      const answer = expect(send('/x', { timeoutMs: 5_000 })).rejects.toThrow(/abort/)
      await vi.advanceTimersByTimeAsync(4_999)
      expect(vi.getTimerCount()).toBe(1)
      await vi.advanceTimersByTimeAsync(1)
      await answer
      expect(vi.getTimerCount()).toBe(0)
    })

    test('thawed after its time: the timer that is overdue comes before the answer, and spares it', async () => {
      const answers = slow()
      const answer = send('/x', { timeoutMs: 5_000 })
      vi.advanceTimersToNextTimer()
      answers(new Response('ok'))
      expect((await answer).text).toBe('ok')
    })
  })

  test('leaves no timer behind', async () => {
    vi.useFakeTimers()
    answers(() => new Response('ok'))
    await send('/x', { timeoutMs: 5_000 })
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
