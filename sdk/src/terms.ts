/**
 * The glossary: the types everything hangs on, and no code.
 *
 *   Signal → Moment → Decision → Nudge → BeaconEvent
 *
 * A *signal* is what the browser told us. A *moment* is a short span in which the shopper's next step is
 * still open. A *decision* says what to do about it, and why. A *nudge* is what the shopper sees. An
 * *event* is what the collector hears, split times included.
 */
import type { PageTime } from './time'

// ── pages and elements ──────────────────────────────────────────────────────────────────────────────

/** A page as the rooms see it: its type, and its path without query (a hash route keeps its `#/route`). */
export interface PageRef {
  readonly type: string
  readonly path: string
}

/** An element, without its text: `id` is its identity within this page, nothing a stylesheet would know. */
export interface TargetRef {
  readonly id: number
  /** `data-splitsecond-role` where the page gives one, else what the element is for. */
  readonly role: string
  /** Moments that the page wants kept off this element (`data-splitsecond-ignore="rage-click"`). */
  readonly ignore?: readonly string[]
}

export interface FieldRef extends TargetRef {
  /** Identity of the form the field belongs to; 0 when it has none. */
  readonly form: number
  /** Password, one-time code, card or e-mail: only focus and time are ever looked at. */
  readonly sensitive: boolean
  /** Of a search or a newsletter form: nobody minds leaving those half filled in. */
  readonly minor: boolean
}

/** A page the shopper has left: how long it was before his eyes. */
export interface Stay {
  readonly type: string
  /** When it was left; below 0 when that was before this page began. */
  readonly at: PageTime
  /** Visible time on it, ms. */
  readonly visibleMs: number
  /** The server answered with an error. */
  readonly failed: boolean
}

// ── signals ─────────────────────────────────────────────────────────────────────────────────────────

export interface PointerSample {
  readonly at: PageTime
  readonly x: number
  readonly y: number
}

/** How a field's content came to change; paste, undo, autocorrect and autofill are `other`: nobody typed them. */
export type FieldChange = 'insert' | 'delete' | 'other'

/**
 * What a press there should do: change something on this page, open something elsewhere (another tab, a download, a
 * file chooser, the telephone), or nothing that could be seen from here (plain text, a text field, a video).
 */
export type Expects = 'change' | 'elsewhere' | 'nothing'

/** What a browser told us, normalised; never typed text, never a key's name. */
export type Signal =
  /** A pointerdown completed by its pointerup, or a keyboard activation (`pointer: 'key'`, no place). */
  | {
      readonly kind: 'press'
      readonly at: PageTime
      readonly pointer: 'mouse' | 'touch' | 'pen' | 'key'
      readonly x: number
      readonly y: number
      readonly target: TargetRef
      /** The decision element the press fell on, if any. */
      readonly decision: TargetRef | null
      readonly expects: Expects
    }
  /**
   * The page came alive after a press. Told for 5 s after one; what was changing already in the second before it
   * (tickers, carousels) is no response.
   */
  | {
      readonly kind: 'response'
      readonly at: PageTime
      /** A change of the document, an answer from the network, or the focus or the selection moved. */
      readonly what: 'change' | 'resource' | 'focus' | 'selection'
      /** It happened in or around what was pressed, or in what that controls. */
      readonly near: boolean
    }
  /** A script of the shop's own failed; the class of the error (`TypeError`), never its message. */
  | { readonly kind: 'fault'; readonly at: PageTime; readonly name: string }
  /** Where the mouse or pen has been since the last signal; samples are handed over in one go. */
  | { readonly kind: 'pointer'; readonly at: PageTime; readonly samples: readonly PointerSample[] }
  /** The pointer entered a decision element, or left all of them (`target: null`). */
  | {
      readonly kind: 'hover'
      readonly at: PageTime
      readonly x: number
      readonly y: number
      readonly target: TargetRef | null
    }
  /** The mouse left the document. */
  | {
      readonly kind: 'leave'
      readonly at: PageTime
      readonly y: number
      readonly pressed: boolean
      readonly inField: boolean
    }
  | { readonly kind: 'enter'; readonly at: PageTime }
  /** A decision element came into view or went out of it (at least half of it; touch devices only). */
  | { readonly kind: 'view'; readonly at: PageTime; readonly target: TargetRef; readonly visible: boolean }
  | {
      readonly kind: 'field'
      readonly at: PageTime
      readonly action: 'focus' | 'input' | 'blur'
      readonly field: FieldRef
      /** Characters in the field now; 0 for sensitive fields. */
      readonly length: number
      readonly inserted: number
      readonly erased: number
      readonly change: FieldChange
      /** Focus came from a press or the Tab key, not from the page's script. */
      readonly byShopper: boolean
    }
  /** A text was finished (submit, or blur after at least 20 typed characters). */
  | {
      readonly kind: 'commit'
      readonly at: PageTime
      readonly field: FieldRef
      readonly words: number
      /** Share (0–1) of its words that an earlier commit of this page held. */
      readonly overlap: number
    }
  | {
      readonly kind: 'form'
      readonly at: PageTime
      readonly form: number
      /** Moments that the page wants kept off this form. */
      readonly ignore?: readonly string[] | undefined
      /** `gone`: the form left the page after the network had answered: it was sent by script. */
      readonly action: 'submit' | 'invalid' | 'gone'
      /** The form was still showing validation errors when the shopper tried again. */
      readonly hadErrors: boolean
    }
  | {
      readonly kind: 'scroll'
      readonly at: PageTime
      readonly y: number
      /** Share (0–1) of the page's scrollable height that lies above. */
      readonly depth: number
      /** The document itself, not a box inside it. */
      readonly root: boolean
      /** A wheel, touch or key preceded it; false when a script scrolled. */
      readonly byShopper: boolean
    }
  | { readonly kind: 'wheel'; readonly at: PageTime }
  | {
      readonly kind: 'navigate'
      readonly at: PageTime
      readonly from: PageRef | null
      readonly to: PageRef
      readonly how: 'load' | 'push' | 'replace' | 'traverse' | 'restore'
      readonly back: boolean
      /** An order was completed earlier on this tab's way. */
      readonly ordered: boolean
      /** The shopper came back from a payment page on another origin within the last 5 minutes. */
      readonly paying: boolean
      /** The last pages of the tab's way that were left, oldest first; the last one is `from`. */
      readonly stays: readonly Stay[]
    }
  | {
      readonly kind: 'visibility'
      readonly at: PageTime
      readonly visible: boolean
      /** How long the page had been hidden when it is shown again, ms; else 0. */
      readonly hiddenMs: number
    }
  | { readonly kind: 'resize'; readonly at: PageTime }
  /** The page told us its cart; `added` and `removed` count items against the cart before. */
  | { readonly kind: 'cart'; readonly at: PageTime; readonly added: number; readonly removed: number }
  /** A confirmed moment, for the moments that are made of others. */
  | { readonly kind: 'moment'; readonly at: PageTime; readonly name: string; readonly evidence: Evidence }
  /** The time a detector asked to be woken at. */
  | { readonly kind: 'wake'; readonly at: PageTime }

export type SignalKind = Signal['kind']

// ── moments ─────────────────────────────────────────────────────────────────────────────────────────

export type MomentPhase = 'suspect' | 'confirmed' | 'ended'

/** Every observed figure beside its threshold: `{ dwellMs: 2210, dwellMinMs: 2000 }`. */
export type Evidence = Readonly<Record<string, number | boolean | string>>

export interface Moment {
  readonly name: string
  readonly phase: MomentPhase
  /** The instant at which the evidence is complete; for a silence, the time it had lasted long enough. */
  readonly at: PageTime
  /** When the behaviour began: `at - onset` is the split `wait`. */
  readonly onset: PageTime
  readonly evidence: Evidence
}

// ── nudges ──────────────────────────────────────────────────────────────────────────────────────────

/** Why the customer no longer sees a nudge, or that he used it. */
export type NudgeEnd = 'clicked' | 'dismissed' | 'expired'

/** What the shopper is busy with, so that a nudge would disturb him. */
export type Unrest = 'composing' | 'dialog' | 'banner' | 'typing' | 'payment-field' | 'critical'

// ── consent ─────────────────────────────────────────────────────────────────────────────────────────

export type Consent = 'granted' | 'denied' | 'pending'

// ── what the page told us ───────────────────────────────────────────────────────────────────────────

/** The shop's cart, as the shop counts it: `total` in the unit of `currency`. */
export interface Cart {
  readonly items: readonly {
    readonly id?: string
    readonly name?: string
    readonly quantity?: number
    readonly [key: string]: unknown
  }[]
  readonly total: number
  readonly currency?: string
}

/** All that the page has said by its calls, for conditions and templates to read. */
export interface Given {
  page: Readonly<Record<string, unknown>>
  readonly traits: Record<string, unknown>
  account: object
  readonly more: Record<string, unknown>
  /** None before it was told: then nobody knows what is in it. */
  cart?: Cart
}

/** What one event says beyond the fields that all events have. */
export type Say = (fields: Record<string, unknown> & { type: string }, at: PageTime) => void
