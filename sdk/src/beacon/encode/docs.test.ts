import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Encoder } from '../encoder'
import { formats } from '../routes'
import { clickhouse } from './clickhouse'
import { cloudevents } from './cloudevents'
import { otlp } from './otlp'
import { otlpTraces } from './otlp-traces'
import { posthog } from './posthog'
import { segment } from './segment'
import { snowplow } from './snowplow'

const docs = readFileSync(new URL('../../../../docs/collectors.md', import.meta.url), 'utf8')
const bare = (cell = '') => cell.replaceAll('`', '').trim()
/** Name, content type and preflight, as the table says it. */
const rows = docs.split('\n').flatMap((line) => {
  const [, name, , type, preflight, apart] = line.split('|').map(bare)
  return apart && name && /^\| `/.test(line) && name !== 'data-format' ? [{ name, type, preflight }] : []
})

test('the table of formats has each of them, in order', () => {
  expect(rows.map(({ name }) => name)).toEqual([...formats])
})

test.each<[Encoder]>([[cloudevents], [otlp], [otlpTraces], [segment], [snowplow], [posthog], [clickhouse]])(
  'and says of each what is so: $name',
  ({ name, contentType }) => {
    const { type, preflight } = rows.find((row) => row.name === name)!
    // What is no safelisted content type makes the browser ask first (the Fetch standard, CORS-safelisted request-header).
    expect([type, preflight]).toEqual([contentType, contentType === 'text/plain' ? 'no' : 'yes'])
  },
)
