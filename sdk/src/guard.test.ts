import { describe, expect, test, vi } from 'vitest'
import { createGuard } from './guard'

const guarding = () => {
  const faults: [part: string, error: unknown][] = []
  return { faults, guard: createGuard((...fault) => faults.push(fault)) }
}
const bad = Error('bad')
const failing = () => {
  throw bad
}

describe('what goes well', () => {
  test('passes through, arguments and answer', () => {
    const { guard, faults } = guarding()
    expect(guard('sum', (a: number, b: number) => a + b)(1, 2)).toBe(3)
    expect(faults).toEqual([])
  })

  test('a promise stays one', async () => {
    const { guard } = guarding()
    await expect(guard('later', async () => 7)()).resolves.toBe(7)
  })
})

describe('a part that throws', () => {
  test('is told once, answers nothing, and is not run again', () => {
    const { guard, faults } = guarding()
    const run = vi.fn<() => void>(failing)
    const guarded = guard('part', run)
    expect([guarded(), guarded(), guarded()]).toEqual([undefined, undefined, undefined])
    expect(run).toHaveBeenCalledTimes(1)
    expect(faults).toEqual([['part', bad]])
  })

  test('takes all that goes by its name with it, and nothing else', () => {
    const { guard } = guarding()
    const [same, other] = [vi.fn<() => void>(), vi.fn<() => void>()]
    const [callSame, callOther] = [guard('part', same), guard('other', other)]
    guard('part', failing)()
    callSame()
    callOther()
    expect(same).not.toHaveBeenCalled()
    expect(other).toHaveBeenCalledTimes(1)
  })

  test('alone: the others of its name go on, and the name is told once', () => {
    const { guard, faults } = guarding()
    const [run, other] = [vi.fn<() => void>(failing), vi.fn<() => void>()]
    const [callRun, callOther] = [guard('timer', run, true), guard('timer', other, true)]
    guard('timer', failing, true)()
    for (let time = 0; time < 2; time++) {
      callRun()
      callOther()
    }
    expect(run).toHaveBeenCalledTimes(1)
    expect(other).toHaveBeenCalledTimes(2)
    expect(faults).toEqual([['timer', bad]])
  })

  test('one that rejects is the same, and no unhandled rejection', async () => {
    const { guard, faults } = guarding()
    const run = vi.fn<() => Promise<void>>(async () => failing())
    const guarded = guard('part', run)
    await expect(guarded()).resolves.toBeUndefined()
    expect(guarded()).toBeUndefined()
    expect(run).toHaveBeenCalledTimes(1)
    expect(faults).toEqual([['part', bad]])
  })

  test('two that are under way when both reject are told once', async () => {
    const { guard, faults } = guarding()
    const guarded = guard('part', async () => failing())
    await Promise.all([guarded(), guarded()])
    expect(faults).toHaveLength(1)
  })

  test('whatever is thrown is told as it is', () => {
    for (const thrown of [undefined, null, 'text', 0]) {
      const { guard, faults } = guarding()
      guard('part', () => {
        throw thrown
      })()
      expect(faults).toEqual([['part', thrown]])
    }
  })

  test('a reporter that throws is the last line: nothing reaches the page', async () => {
    const guard = createGuard(failing)
    expect(guard('part', failing)()).toBeUndefined()
    await expect(guard('other', async () => failing())()).resolves.toBeUndefined()
  })
})
