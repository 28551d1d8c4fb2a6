/** What a nudge says and does: see `check.ts`. */
import type { NudgeSpec } from '../../schema/ruleset'
import { templateFault } from '../template'
import { image, look, SURFACES } from './check-look'
import { catalogue, ROOMY } from './check-products'
import { all, like, list, oneOf, record, shape } from './checks'
import { aText, demand, is, type Check, type Path } from './demand'

/** http(s):, mailto:, tel: or relative (nothing before the first / ? or # that could be a scheme). */
export const HREF = /^((https?|mailto|tel):|[^:]*([/?#]|$))/i
const LINK = 'a link: http(s):, mailto:, tel: or relative'

export const ACTIONS = ['link', 'dismiss', 'snooze', 'copy', 'coupon', 'chat', 'event'] as const
export const CHATS = ['own', 'intercom', 'zendesk', 'crisp', 'tawk', 'livechat'] as const
/** What an action cannot be without, and what is wanted there. */
export const needed: Readonly<Record<string, readonly [key: string, wanted: string]>> = {
  link: ['href', LINK],
  snooze: ['forMs', 'how long, ms'],
  copy: ['code', 'the code'],
  coupon: ['code', 'the code'],
  event: ['name', 'a name for the event'],
}

export const name = like('1 to 200 characters', /^[^]{1,200}$/)
export const whole = is('a whole number ≥ 0', (value) => Number.isSafeInteger(value) && value >= 0)

const byLanguage = (check: Check): Check =>
  all(
    record(check),
    is('at least one language', (map) => Object.keys(map).length),
  )

/** A text with gaps: what fills them is known when it is loaded. */
const template: Check = all(aText, (value, path) => {
  const [wanted = '', found] = templateFault(value as string) ?? []
  demand(!wanted, wanted, found, path)
})

const text = byLanguage(template)
const label = all(
  template,
  is('text', (it: string) => it),
)
const labels = byLanguage(label)

/** What nudges recommend: fields of the ruleset. */
export const products = catalogue(name, {
  name: (value, path) => (typeof value === 'string' ? label : labels)(value, path),
  href: like(LINK, HREF),
  image: image(text),
})

const demandKey = (value: unknown, [key, wanted]: readonly [string, string], path: Path) => {
  const found = (value as Record<string, unknown>)[key]
  demand(found !== undefined, wanted, found, path.concat(key))
}

const action = all(
  shape(
    { label: text, do: oneOf(...ACTIONS) },
    {
      href: like(LINK, HREF),
      forMs: whole,
      code: name,
      done: text,
      failed: text,
      via: oneOf(...CHATS),
      name,
    },
  ),
  (value, path) => {
    const wanted = needed[(value as { do: string }).do]
    if (wanted) demandKey(value, wanted, path)
  },
)

export const nudge = all(
  shape(
    { surface: oneOf(...SURFACES) },
    {
      copy: byLanguage(
        all(
          record(template),
          is('a title or a body', ({ title, body }: Record<string, string>) => title || body),
        ),
      ),
      ...look(name, text),
      actions: list(action),
      durationMs: whole,
    },
  ),
  (value, path) => {
    const { surface, recommend } = value as NudgeSpec
    if (surface !== 'reorder') demandKey(value, ['copy', 'texts by language'], path)
    if (surface === 'inline') demandKey(value, ['place', 'a place for an inline nudge'], path)
    if (recommend)
      demand(
        ROOMY.includes(surface),
        `only in ${ROOMY.join(', ')}`,
        `one in a ${surface}`,
        path.concat('recommend'),
      )
  },
)
