import type { Platform } from '../platform/platform'
import type { PageTime, Stop } from '../time'
import type { NudgeSpec } from '../../schema/ruleset'
import type { Action } from './action'
import { expire } from './expire'
import { fillNudge } from './fill-nudge'
import { giveBack } from './give-back'
import { createLayer, lay, type Layer } from './layer'
import { prepared, type Prepared } from './prepared'
import type { Mounting, Surface, SurfaceKit } from './surface'

export interface StageOptions {
  readonly platform: Platform
  readonly largestPaintOpen: () => boolean
  /** Surfaces and actions by their names, as their parts have brought them. */
  readonly surface: (name: string) => Surface | undefined
  readonly action: (name: string) => Action | undefined
  readonly element: SurfaceKit['element']
  readonly provided: SurfaceKit['provided']
  readonly affinity: SurfaceKit['affinity']
  readonly addProducts: SurfaceKit['addProducts']
}

export interface Stage {
  /**
   * Mounts a nudge in this task. `painted` is called once, in the first task after the first frame in which the
   * customer can see at least half of it. @returns takes it down
   */
  show(mounting: Mounting, painted: (at: PageTime) => void): Stop
  /** Makes it in advance, its picture decoded; when it is shown it need only be revealed. One at a time. */
  prepare(mounting: Mounting): void
  /** What was prepared is not needed. */
  drop: Stop
  /** There is a place for it in the page, and what draws it is loaded. */
  hasPlace(spec: NudgeSpec, target?: number): boolean | 'busy'
  /** Buttons of it that the page has nothing for, by what they do. */
  hidden(spec: NudgeSpec): readonly string[]
  /** It stands in the page: a page that is rendered anew from its root throws it out, with what is on it. */
  stands(): boolean
  stop: Stop
}

/** Elements that show no children of theirs. */
const childless = /^(video|iframe|img|canvas|object|embed)$/

/** The page's own modal dialogs; ours are in shadow trees. */
const openDialogs = () =>
  [...document.querySelectorAll('dialog[open]')].filter((dialog) => dialog.matches(':modal'))

/** The places of ours in the page: one beside its body, from arming on, and others while a nudge needs them. */
export function createStage({ platform, ...options }: StageOptions): Stage {
  const { clock, guard, listen, afterFrame } = platform
  const { surface } = options
  const main = createLayer()
  const { host, region } = main
  /**
   * Beside the body, not in it: a body that is a grid, or that a framework takes over, keeps its children. Of what is in
   * fullscreen all that is outside is inert (Chromium 156), a popover too: there it stands inside.
   */
  const settle = () => {
    const full = document.fullscreenElement
    const home = full && !childless.test(full.localName) ? full : document.documentElement
    if (host.parentNode !== home) home.append(host)
  }
  settle()
  const kitOf = (layer: Layer): SurfaceKit => {
    const kit: SurfaceKit = {
      clock,
      guard,
      listen,
      afterFrame,
      ...layer,
      ...options,
      layer: createLayer,
      lay: (element, first) => lay(layer.region, element, first),
      fill: (element, mounting, { style } = layer) => fillNudge(element, mounting, { ...kit, style }),
    }
    return kit
  }
  const kit = kitOf(main)

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

  /** All outside a modal dialog of the page's is inert: what may, goes inside, and goes with it. */
  const inside = ({ spec, used }: Mounting): { kit: SurfaceKit; stops: readonly Stop[] } => {
    const dialog = spec.insideDialog && openDialogs().at(-1)
    if (!dialog) return { kit, stops: [] }
    const layer = createLayer()
    dialog.append(layer.host)
    return {
      kit: kitOf(layer),
      stops: [listen(dialog, 'close', () => used('expired')), () => layer.host.remove()],
    }
  }
  /** What goes into fullscreen, or comes out of it, lies above whatever was on top before: laid there anew, that is ours. */
  const again = () => {
    if (!region.firstChild) return
    region.hidePopover?.()
    settle()
    region.showPopover?.()
  }
  const stopListening = listen(document, 'fullscreenchange', again)

  const ahead: { nudge?: Prepared | undefined } = {}
  const drop = () => {
    ahead.nudge?.stop()
    ahead.nudge = undefined
  }

  return {
    show(mounting, painted) {
      if (!host.isConnected || !region.firstChild) settle()
      const place = inside(mounting)
      const made = ahead.nudge?.take(mounting)
      if (made) ahead.nudge = undefined
      drop()
      const { element, reveal, stop } = made ?? surface(mounting.spec.surface)!.make(mounting, place.kit)
      if (element) Object.assign(element.dataset, mounting.marks)
      reveal()
      const stops = element
        ? [
            giveBack(element, platform),
            stop,
            watchPaint(element, painted),
            ...expire(element, mounting, platform),
          ]
        : [stop, afterFrame(() => painted(clock.now()))]
      return () => [...stops, ...place.stops].forEach((end) => end())
    },
    prepare(mounting) {
      drop()
      // What goes into a dialog of the page's is made where that stands.
      const found = surface(mounting.spec.surface)
      if (found && !mounting.spec.insideDialog) ahead.nudge = prepared(mounting, found, kit)
    },
    drop,
    hasPlace(spec, target) {
      const found = surface(spec.surface)
      return !!found && (found.hasPlace?.(spec, kit, target) ?? true)
    },
    hidden: ({ actions = [] }) =>
      actions.filter((it) => options.action(it.do)?.available?.(it, kit) === false).map((it) => it.do),
    stands: () => host.isConnected,
    stop() {
      drop()
      stopListening()
      host.remove()
    },
  }
}
