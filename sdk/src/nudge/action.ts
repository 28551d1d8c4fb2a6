import type { NudgeAction } from '../../schema/ruleset'
import type { Platform } from '../platform/platform'
import type { NudgeEnd } from '../terms'
import type { Mounting } from './surface'

/** How the nudge ends by an action; undefined: it stays, and may be used again or closed. */
export type ActionEnd = NudgeEnd | undefined

export type ProvidedFunction = (...given: unknown[]) => unknown

/** One press on the button of an action. */
export interface Press extends Pick<Platform, 'clock' | 'guard' | 'listen'> {
  readonly spec: NudgeAction
  /** Its texts in the nudge's language, templates filled. */
  readonly texts: ActionTexts
  /** The button, or the link. */
  readonly control: HTMLElement
  readonly mounting: Mounting
  /** Shows a result or an error in the nudge, and says it to screen readers. */
  readonly tell: (text: string) => HTMLElement
  /** A function of the shop's own, by the name it was given (`splitsecond.provide`). */
  readonly provided: (name: string) => ProvidedFunction | undefined
}

/** The texts of an action that are by language in the ruleset. */
export type ActionTexts = Readonly<{ label: string } & { [Name in Exclude<Spoken, 'label'>]?: string }>
export const spoken = ['label', 'done', 'failed'] as const
type Spoken = (typeof spoken)[number]

/**
 * What a button of a nudge does. Registered by `kit.action(name, action)`, in the list of what the nudge's room brings
 * or by a part called like the action, which is loaded while the page arms where the ruleset names it.
 */
export interface Action {
  /** With an address the button is a link, and the browser follows it. */
  readonly href?: (spec: NudgeAction) => string | undefined
  /** Asked when the nudge is mounted: false leaves the button out. Default: it is there. */
  readonly available?: (spec: NudgeAction, page: Pick<Press, 'provided'>) => boolean
  /**
   * Begins in the very task of the press, so that what asks for a shopper's gesture may be done. With a promise the nudge
   * stays, and the button is busy, until it is settled. One that throws or rejects is told as an error, and its button can
   * be pressed no more.
   */
  run(press: Press): ActionEnd | Promise<ActionEnd>
}

/** Goes to its `href`. */
export const link: Action = { href: ({ href }) => href, run: () => 'clicked' }
/** Closes it, and what was shown says so to the rule (`showing`): it is silent for a while. */
export const snooze: Action = { run: () => 'dismissed' }
/** Closes the nudge; with an address it is one that leads away without being a yes. */
export const dismiss: Action = { href: ({ href }) => href, run: () => 'dismissed' }
