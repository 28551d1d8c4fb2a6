import { describe, expect, it } from 'vitest'
import { collectorForEach, lines } from './test-collector'
import {
  decisionEvent,
  ghostEvent,
  missedEvent,
  momentEvent,
  shownEvent,
  testSplits,
  testTime,
} from './test-events'

const { ask, report, send } = collectorForEach()

describe('GET /v1/report', () => {
  it('has every name and no figures while nothing is stored', async () => {
    const none = { p50: null, p95: null, p99: null, n: 0 }
    expect(await report()).toEqual({
      splits: {
        wait: none,
        capture: none,
        detect: none,
        profile: none,
        decide: none,
        mount: none,
        paint: none,
        signalToDecision: none,
        decisionToAction: none,
        actionToCustomer: none,
        total: none,
      },
      fit: { inMoment: 0, late: 0, missed: 0, rate: null },
      moments: {},
      reasons: {},
      channels: [],
    })
  })

  it('takes percentiles from the nudges that were shown, and only from those', async () => {
    // Paints of 0, 10, … 100 ms: the percentiles of eleven even steps can be told by hand.
    const shown = Array.from({ length: 11 }, (_, step) =>
      shownEvent({
        splits: testSplits({
          wait: 2000,
          capture: 0,
          detect: 0,
          profile: 0,
          decide: 0,
          mount: 1,
          paint: step * 10,
        }),
      }),
    )
    await send(lines(...shown, ghostEvent(), missedEvent()))
    const { splits } = await report()
    expect(splits.paint).toEqual({ p50: 50, p95: 95, p99: 99, n: 11 })
    expect(splits.actionToCustomer).toEqual(splits.paint)
    expect(splits.total).toEqual({ p50: 51, p95: 96, p99: 100, n: 11 })
    expect(splits.wait).toEqual({ p50: 2000, p95: 2000, p99: 2000, n: 11 })
    expect(splits.profile).toEqual({ p50: 0, p95: 0, p99: 0, n: 11 })
  })

  it('rates the fit, and each channel by itself', async () => {
    const toast = { surface: 'toast', device: 'desktop', pageType: 'pricing' } as const
    const bar = { surface: 'bar', device: 'mobile', pageType: 'cart' } as const
    const total = (paint: number) => testSplits({ capture: 0, detect: 0, decide: 0, mount: 0, paint })
    await send(
      lines(
        shownEvent({ channel: toast, splits: total(10) }),
        shownEvent({ channel: toast, splits: total(20) }),
        shownEvent({ channel: toast, splits: total(30), fit: 'late' }),
        missedEvent({ channel: toast }),
        missedEvent({ channel: bar }),
        ghostEvent({ channel: bar }),
      ),
    )
    const { fit, channels } = await report()
    expect(fit).toEqual({ inMoment: 2, late: 1, missed: 2, rate: 0.4 })
    expect(channels).toEqual([
      { ...toast, n: 3, p50: 20, p95: 29, fitRate: 0.5 },
      { ...bar, n: 0, p50: null, p95: null, fitRate: 0 },
    ])
  })

  it('counts confirmed moments by name, and decisions by their last word', async () => {
    await send(
      lines(
        momentEvent({ name: 'hesitation', phase: 'suspect' }),
        momentEvent({ name: 'hesitation' }),
        momentEvent({ name: 'hesitation', phase: 'ended' }),
        momentEvent({ name: 'rage-click' }),
        momentEvent({ name: 'hesitation' }),
        decisionEvent({}, { decisionId: 'd-seen' }),
        shownEvent({ decisionId: 'd-seen' }),
        decisionEvent({}, { decisionId: 'd-missed' }),
        missedEvent({ decisionId: 'd-missed', reason: 'busy' }),
        decisionEvent({ verdict: 'hold', reason: 'limit' }),
        decisionEvent({ verdict: 'hold', reason: 'limit' }),
        decisionEvent({ verdict: 'ghost', reason: 'holdout' }),
      ),
    )
    const { moments, reasons } = await report()
    expect(moments).toEqual({ hesitation: 2, 'rage-click': 1 })
    expect(reasons).toEqual({ shown: 1, busy: 1, limit: 2, holdout: 1 })
  })

  it('counts from `since` on', async () => {
    await send(
      lines(
        shownEvent({ at: testTime - 1, fit: 'late' }),
        momentEvent({}, { at: testTime - 1 }),
        decisionEvent({}, { at: testTime - 1 }),
        shownEvent({ at: testTime }),
      ),
    )
    const { splits, fit, moments, reasons, channels } = await report(`?since=${testTime}`)
    expect([splits.total.n, fit.rate, moments, reasons, channels.length]).toEqual([1, 1, {}, {}, 1])
    expect((await ask('/v1/report?since=soon')).status).toBe(400)
  })
})
