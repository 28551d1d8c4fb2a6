import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** What a visitor of the demo can change about the script tag: `?consent=denied`, `?rules=holdout`, `?sdk=off`. */
const allowed = {
  consent: /^(granted|denied|pending)$/,
  rules: /^[\w-]{1,40}$/,
  sdk: /^(on|off)$/,
  format: /^[\w-]{1,40}$/,
  inspector: /^(on|off)$/,
} as const

type SwitchName = keyof typeof allowed

export type Switches = Partial<Record<SwitchName, string>>

const names = Object.keys(allowed) as SwitchName[]
const cookie = 'demo'

/** Switches given in the address are kept for the session; `?reset` forgets those of before. */
export function readSwitches(c: Context): Switches {
  const asked = new URL(c.req.url).searchParams
  const reset = asked.has('reset')
  const given = pick(asked)
  const switches = { ...(reset ? {} : pick(new URLSearchParams(getCookie(c, cookie)))), ...given }
  if (Object.keys(given).length > 0) {
    setCookie(c, cookie, new URLSearchParams(switches).toString(), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
    })
  } else if (reset) deleteCookie(c, cookie, { path: '/' })
  return switches
}

function pick(from: URLSearchParams): Switches {
  const found: Switches = {}
  for (const name of names) {
    const value = from.get(name)
    if (value !== null && allowed[name].test(value)) found[name] = value
  }
  return found
}
