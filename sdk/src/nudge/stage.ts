import type { Platform } from '../platform/platform'
import type { PageTime, Stop } from '../time'
import type { NudgeSpec } from '../../schema/ruleset'
import type { Action } from './action'
import { expire } from './expire'
import { fillNudge } from './fill-nudge'
import type { Mounting, Surface, SurfaceKit } from './surface'
import css from './stage.css'

export interface StageOptions {
  readonly platform: Platform
  readonly largestPaintOpen: () => boolean
  /** Surfaces and actions by their names, as their parts have brought them. */
  readonly surface: (name: string) => Surface | undefined
  readonly action: (name: string) => Action | undefined
  readonly element: SurfaceKit['element']
}

export interface Stage {
  /**
   * Mounts a nudge in this task. `painted` is called once, in the first task after the first frame in which the
   * customer can see at least half of it. @returns takes it down
   */
  show(mounting: Mounting, painted: (at: PageTime) => void): Stop
  /** There is a place for it in the page, and what draws it is loaded. */
  hasPlace(spec: NudgeSpec, target?: number): boolean
  /** It stands in the page: a page that is rendered anew from its root throws it out, with what is on it. */
  stands(): boolean
  stop: Stop
}

/**
 * The one place of ours in the page: a host with an open shadow root, so that no style leaks either way. Its
 * live region is there, empty, from arming on: screen readers announce only what changes in a region they know.
 */
export function createStage({ platform, ...options }: StageOptions): Stage {
  const { clock, guard, listen, afterFrame } = platform
  const { surface } = options
  const host = document.createElement('div')
  host.setAttribute('data-splitsecond-stage', '')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  const region = document.createElement('div')
  region.className = 'region'
  region.role = 'status'
  region.popover = 'manual'
  root.append(region)
  // Beside the body, not in it: a body that is a grid, or that a framework takes over, keeps its children.
  const settle = () => document.documentElement.append(host)
  settle()
  const kit: SurfaceKit = {
    clock,
    guard,
    listen,
    afterFrame,
    region,
    root,
    ...options,
    fill: (element, mounting) => fillNudge(element, mounting, kit),
  }

  const watchPaint = (element: HTMLElement, painted: (at: PageTime) => void) => {
    const observer = new IntersectionObserver(
      guard('nudge/paint', (entries: IntersectionObserverEntry[]) => {
        // This callback is itself a task after the frame it reports on.
        if (document.visibilityState !== 'visible' || !entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        painted(clock.now())
      }),
      { threshold: 0.5 },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }

  return {
    show(mounting, painted) {
      if (!host.isConnected) settle()
      const { element, stop } = surface(mounting.spec.surface)!.mount(mounting, kit)
      const stops = element
        ? [stop, watchPaint(element, painted), ...expire(element, mounting, platform)]
        : [stop, afterFrame(() => painted(clock.now()))]
      return () => stops.forEach((end) => end())
    },
    hasPlace(spec, target) {
      const found = surface(spec.surface)
      return !!found && found.hasPlace?.(spec, kit, target) !== false
    },
    stands: () => host.isConnected,
    stop: () => host.remove(),
  }
}
