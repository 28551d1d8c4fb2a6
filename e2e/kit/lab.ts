import type { Page } from '@playwright/test'

type Attributes = Readonly<Record<string, string>>

interface LabPage {
  /** Attributes of the script tag; `null`: no tag. Default: the lab's ruleset and the shop's collector. */
  readonly tag?: Attributes | null
  /** What stands at `/lab/rules.json`. */
  readonly rules?: object
  readonly head?: string
  readonly body?: string
  readonly path?: string
  /** The address that is gone to, where `path` is a pattern. */
  readonly at?: string
}

export const ownTag = { 'data-ruleset': '/lab/rules.json', 'data-collector': '/v1/events' }

const scriptTag = (attributes: Attributes) => {
  const text = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`)
  return `<script async src="/splitsecond.js" ${text.join(' ')}></script>`
}

/** A page for a single purpose, on the shop's own origin, so that script and collector are the real ones. */
export async function openLab(page: Page, { path = '/lab', at = path, rules, ...made }: LabPage = {}) {
  const { tag = ownTag, head = '', body = '<h1>Lab</h1>' } = made
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
    ${head}${tag ? scriptTag(tag) : ''}</head><body>${body}</body></html>`
  if (rules) await page.route('/lab/rules.json', (route) => route.fulfill({ json: rules }))
  await page.route(path, (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto(at)
}

/** A rule that answers a moment of the page's own. */
export const ruleOn = (moment: string, more: object = {}, nudge: object = {}) => ({
  id: `on-${moment}`,
  on: moment,
  ...more,
  variants: [
    {
      id: 'a',
      nudge: {
        surface: 'toast',
        copy: { en: { title: 'May we help?', body: 'A word about this very thing.' } },
        actions: [{ label: { en: 'Thanks' }, do: 'dismiss' }],
        ...nudge,
      },
    },
  ],
})

export const ruleset = (rules: readonly object[], more: object = {}) => ({ version: 1, rules, ...more })
