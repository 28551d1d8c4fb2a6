import type { addImage } from './add-image'
import type { NudgeAction, NudgeSpec } from '../../schema/ruleset'
import type { Platform } from '../platform/platform'
import type { NudgeEnd } from '../terms'
import type { Stop } from '../time'
import type { Action, Press } from './action'
import type { AddProducts } from './add-products'
import type { Copy } from './copy'
import type { Layer } from './layer'

/** A nudge with all that is needed to draw it. */
export interface Mounting {
  readonly spec: NudgeSpec
  readonly copy: Copy
  /** Goes into `data-*` of the nudge's root, for tests and for the page's own style. */
  readonly marks: {
    readonly rule: string
    readonly variant: string
    readonly surface: string
    readonly decision: string
  }
  /** What the moment was about (the element hesitated on), by its identity within this page; never in an event. */
  readonly target?: number | undefined
  /** The shopper did something with it; `action` counts from 0 in the order of the spec, `product` is what he chose of a list. */
  readonly used: (end: NudgeEnd, action?: number, product?: string) => void
}

/** What a surface may use. */
export interface SurfaceKit extends Pick<Platform, 'clock' | 'guard' | 'listen' | 'afterFrame'>, Layer {
  /** Before the first input the page's largest paint is still open: text must stay small (see `text.ts`). */
  readonly largestPaintOpen: () => boolean
  readonly action: (name: string) => Action | undefined
  readonly provided: Press['provided']
  /** What the shopper leans to, by category. */
  readonly affinity: () => Readonly<Record<string, number>>
  /** Fills a nudge's root with its texts and buttons; `layer`: where it will stand, if not here. @returns ends all it listens to */
  readonly fill: (element: HTMLElement, mounting: Mounting, layer?: Pick<Layer, 'style'>) => Stop
  /** Adds a picture; handed on, so that the part that adds products has none of its own. @returns ends all it listens to */
  readonly addImage: typeof addImage
  /** Adds the products that a nudge recommends, where their part is loaded. @returns ends all it listens to */
  readonly addProducts: () => AddProducts | undefined
  /** Addresses of pictures that nudges have asked for: when one comes, it is no answer of the page's to a press. */
  readonly pictures: Set<string>
  /** Puts it into the live region, above all else in the page; before what is there, if `first`. @returns takes it out */
  readonly lay: (element: HTMLElement, first?: boolean) => Stop
  /** Another host of ours, for what stands elsewhere in the page. */
  readonly layer: () => Layer
  /** The element of that identity, while it is in the page. */
  readonly element: (id: number | undefined) => Element | undefined
}

/** There is one in the page, or the shopper is at it, or what draws it there has failed before. */
export type Place = boolean | 'busy' | 'quarantined'

/** A nudge that is made and not in the page yet. */
export interface Made {
  /** Undefined: it has no pixels of ours, and counts as painted after the next frame. */
  readonly element?: HTMLElement | undefined
  /** Puts it into the page, in this very task. */
  reveal(): void
  /** Ends it, and takes it out if it was revealed. */
  readonly stop: Stop
}

/**
 * One way to show a nudge. Registered by `kit.surface(name, surface)`, in the list of what the nudge's room brings or by
 * a part called like the surface, which is loaded while the page arms where the ruleset names it.
 */
export interface Surface {
  /** Asked before it is decided for good: false holds the decision with `no-place`, `busy` with that. Default: there always is one. */
  readonly hasPlace?: (spec: NudgeSpec, kit: SurfaceKit, target?: number) => Place
  /**
   * Makes the nudge, whole and readable, out of the page: maybe in advance, when it is not known yet whether it will be
   * revealed. Until then nothing of it may be seen, heard, or looked for in the page.
   */
  make(mounting: Mounting, kit: SurfaceKit): Made
}

export type { NudgeAction }
