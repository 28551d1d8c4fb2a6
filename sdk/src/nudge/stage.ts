import { bare } from '../bare'
import type { Platform } from '../platform/platform'
import type { PageTime, Stop } from '../time'
import type { NudgeSpec } from '../../schema/ruleset'
import type { Action } from './action'
import { addImage } from './add-image'
import { expire } from './expire'
import { fillNudge } from './fill-nudge'
import { giveBack } from './give-back'
import { createLayer, lay, type Layer } from './layer'
import { prepared, type Prepared } from './prepared'
import type { Made, Mounting, Place, Surface, SurfaceKit } from './surface'

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
  readonly pictures: SurfaceKit['pictures']
}

export interface Stage {
  /**
   * Mounts a nudge in this task. `painted` is called once, in the first task after the first frame in which the
   * customer can see at least half of it. @returns takes it down; undefined: what draws it has failed
   */
  show(mounting: Mounting, painted: (at: PageTime) => void): Stop | undefined
  /** Makes it in advance, its picture decoded; when it is shown it need only be revealed. One at a time. */
  prepare(mounting: Mounting): void
  /** What was prepared is not needed. */
  drop: Stop
  /** There is a place for it in the page, and what draws it is loaded and has not failed yet. */
  hasPlace(spec: NudgeSpec, target?: number): Place
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
      addImage,
      ...layer,
      ...options,
      layer: createLayer,
      lay: (element, first) => lay(layer.region, element, first),
      fill: (element, mounting, { style } = layer) => fillNudge(element, mounting, { ...kit, style }),
    }
    return kit
  }
  const kit = kitOf(main)

  /** A surface that throws on this page is switched off: the others go on. */
  const drawn = <Result>({ surface }: NudgeSpec, run: () => Result) => guard(`surface/${surface}`, run)()

  const watchPaint = (element: HTMLElement, painted: (at: PageTime) => void) => {
    const observer = new IntersectionObserver(
      guard('nudge/paint', (entries: IntersectionObserverEntry[]) => {
        // This callback is itself a task after the frame it reports on.
        if (document.visibilityState !== 'visible' || !entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        painted(clock.now())
      }),
      bare({ threshold: 0.5 }),
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

  const ahead: { nudge: Prepared | undefined } = { nudge: undefined }
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
      const { spec, marks } = mounting
      const stops: Stop[] = []
      // What the page has made of its elements must not keep us from ending the rest.
      const down = () =>
        [...stops.splice(0), ...place.stops].forEach((end) => guard('nudge/stop', end, true)())
      const isUp = drawn(spec, () => {
        const { element, reveal, stop }: Made = made ?? surface(spec.surface)!.make(mounting, place.kit)
        if (element) {
          stops.push(giveBack(element, platform))
          Object.assign(element.dataset, marks)
        }
        stops.push(stop)
        reveal()
        if (element) stops.push(watchPaint(element, painted), ...expire(element, mounting, platform))
        else stops.push(afterFrame(() => painted(clock.now())))
        return true
      })
      if (isUp) return down
      down()
      return undefined
    },
    prepare(mounting) {
      drop()
      const { spec } = mounting
      // What goes into a dialog of the page's is made where that stands.
      const found = surface(spec.surface)
      if (found && !spec.insideDialog) ahead.nudge = drawn(spec, () => prepared(mounting, found, kit))
    },
    drop,
    hasPlace(spec, target) {
      const found = surface(spec.surface)
      return !!found && (drawn(spec, () => found.hasPlace?.(spec, kit, target) ?? true) ?? 'quarantined')
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
