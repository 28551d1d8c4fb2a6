import type { ComponentChildren } from 'preact'
import type { Place } from '../shop/place'
import type { BuiltShop } from './buildShop'
import type { Switches } from './switches'

interface Props {
  readonly place: Place
  readonly title: string
  readonly built: BuiltShop
  readonly switches: Switches
  readonly children: ComponentChildren
}

export function Document({ place, title, built, switches, children }: Props) {
  return (
    <html lang="en" data-shop={place}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta
          name="description"
          content="A roastery and pottery in Ghent: freshly roasted coffee, stoneware, brewing tools and linen."
        />
        <meta name="theme-color" content="#f7f6f1" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#12182b" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={built.stylesheet} />
        {switches.sdk !== 'off' && <ScriptTag switches={switches} />}
        <script type="module" src={built.script} />
      </head>
      <body>
        <div id="shop">{children}</div>
        <noscript>
          <p class="noscript">
            The basket and the checkout need JavaScript. The shelves can be looked at without.
          </p>
        </noscript>
      </body>
    </html>
  )
}

/** The one line that a shop adds to its pages. */
function ScriptTag({ switches }: { readonly switches: Switches }) {
  return (
    <script
      async
      src="/splitsecond.js"
      data-ruleset={switches.rules ? `/rules/${switches.rules}.json` : '/rules.json'}
      data-collector="/v1/events"
      data-consent={switches.consent}
      data-format={switches.format}
      data-inspector={switches.inspector === 'on' ? '' : undefined}
    />
  )
}
