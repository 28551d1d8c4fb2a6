import type { NudgeAction } from '../../schema/ruleset'
import type { Action, Press } from './action'

type Open = () => unknown
type Provided = Press['provided']
type Globals = Readonly<Record<string, unknown>>

const called = (value: unknown, ...given: unknown[]): Open | undefined =>
  typeof value === 'function' ? () => (value as (...all: unknown[]) => unknown)(...given) : undefined
const method = (object: unknown, name: string, ...given: unknown[]): Open | undefined => {
  const own = object instanceof Object ? (object as Globals)[name] : undefined
  return called(typeof own === 'function' ? own.bind(object) : own, ...given)
}

/** By the globals that each vendor documents; the page is titled in each line. */
const chats: Readonly<
  Record<NonNullable<NudgeAction['via']>, (page: Globals, provided: Provided) => Open | undefined>
> = {
  own: (_page, provided) => provided('chat'),
  // Intercom, "Methods": Intercom('show').
  intercom: ({ Intercom }) => called(Intercom, 'show'),
  // Zendesk, "Web Widget: Core" (messaging); "Web Widget (Classic)" is the one that is set up by zESettings.webWidget.
  zendesk: ({ zE, zESettings }) =>
    called(
      zE,
      (zESettings as { webWidget?: unknown } | undefined)?.webWidget ? 'webWidget' : 'messenger',
      'open',
    ),
  // Crisp, "$crisp methods": an array that is pushed to, before and after it has loaded.
  crisp: ({ $crisp }) => method($crisp, 'push', ['do', 'chat:open']),
  // tawk.to, "JavaScript API": maximize is there once it has loaded.
  tawk: ({ Tawk_API }) => method(Tawk_API, 'maximize'),
  // LiveChat, "Chat Widget JS API": calls made before it has loaded are kept.
  livechat: ({ LiveChatWidget }) => method(LiveChatWidget, 'call', 'maximize'),
}

const opener = ({ via }: NudgeAction, provided: Provided) => {
  const page = window as unknown as Globals
  const names = via ? [via] : (Object.keys(chats) as (keyof typeof chats)[])
  return names.map((name) => chats[name](page, provided)).find(Boolean)
}

/** Opens the chat that the shop has. With none the button is not there. */
export const chat: Action = {
  available: (spec, { provided }) => opener(spec, provided) !== undefined,
  run({ spec, provided }) {
    const answer = opener(spec, provided)?.()
    return answer instanceof Promise ? answer.then(() => 'clicked' as const) : 'clicked'
  },
}
