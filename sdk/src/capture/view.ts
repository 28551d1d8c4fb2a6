import { bare } from '../bare'
import { decisions } from './decisions'
import type { CaptureKit, Source } from './source'

/**
 * Which decision elements are in view, on touch devices alone: with no mouse to follow, "it is before the
 * shopper's eyes" is all there is. Looks anew for elements after each press, when a page may have changed.
 */
export function view(kit: CaptureKit): Source {
  const { clock, elements, emit, guard } = kit
  const find = decisions(kit)
  const state = { observer: undefined as IntersectionObserver | undefined }
  const seen = new WeakSet<Element>()

  const look = () => {
    state.observer ??= new IntersectionObserver(
      guard('capture/view', (entries: IntersectionObserverEntry[]) => {
        for (const entry of entries) {
          const target = elements.target(entry.target)
          const at = clock.now()
          const visible = entry.isIntersecting
          // The first report of an element that is out of view is no news.
          if (target && (visible || seen.has(entry.target))) emit({ kind: 'view', at, target, visible }, at)
          if (visible) seen.add(entry.target)
        }
      }),
      bare({ threshold: 0.5 }),
    )
    for (const element of find.all()) state.observer.observe(element)
  }

  return {
    on: {
      pointerup(event) {
        if (event.pointerType === 'touch') look()
      },
      pointercancel(event) {
        if (event.pointerType === 'touch') look()
      },
    },
    stop: () => state.observer?.disconnect(),
  }
}
