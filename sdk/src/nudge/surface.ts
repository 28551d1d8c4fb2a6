import type { NudgeAction, NudgeSpec } from '../../schema/ruleset'
import type { Listen } from '../platform/platform'
import type { NudgeEnd } from '../terms'
import type { Stop } from '../time'
import type { Copy } from './copy'

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
  /** The shopper did something with it; `action` counts from 0 in the order of the spec. */
  readonly used: (end: NudgeEnd, action?: number) => void
}

export interface SurfaceKit {
  readonly listen: Listen
  /** The live region: lies in the top layer as long as something is in it. */
  readonly region: HTMLElement
  readonly root: ShadowRoot
  /** Before the first input the page's largest paint is still open: text must stay small (see `text.ts`). */
  readonly largestPaintOpen: () => boolean
}

/** One kind of pixels. `mount` puts the nudge into the DOM, whole and readable, in this very task. */
export interface Surface {
  mount(mounting: Mounting, kit: SurfaceKit): { readonly element: HTMLElement; readonly stop: Stop }
}

export type { NudgeAction }
