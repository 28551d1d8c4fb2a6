import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { event } from '../../../schema/event'
import { bodyOf, everyKind } from './events.fixture'
import { snowplow } from './snowplow'

/** Snowplow's own schemas, as Iglu Central publishes them. */
const folder = new URL('../../../../../shared/data/snowplow-schemas/', import.meta.url)
const there = existsSync(folder)
const published = ['payload_data_1-0-4', 'unstruct_event_1-0-0', 'contexts_1-0-1', 'web_page_1-0-0']

interface SelfDescribing {
  readonly schema: string
  readonly data: unknown
}

/** Checks data against the schema that it names itself. */
function igluChecks() {
  const ajv = new Ajv({ strict: false })
  formats.default(ajv)
  const checks = new Map<string, ReturnType<typeof ajv.compile>>([
    [
      'iglu:com.splitsecond/event/jsonschema/1-0-0',
      ajv.compile(z.toJSONSchema(event, { target: 'draft-7' })),
    ],
  ])
  for (const file of published) {
    const { $schema: _none, ...schema } = JSON.parse(
      readFileSync(new URL(`${file}.json`, folder), 'utf8'),
    ) as {
      $schema: string
      self: { vendor: string; name: string; version: string }
    }
    const { vendor, name, version } = schema.self
    checks.set(`iglu:${vendor}/${name}/jsonschema/${version}`, ajv.compile(schema))
  }
  return ({ schema, data }: SelfDescribing) => {
    const check = checks.get(schema)
    expect(check, schema).toBeDefined()
    void check!(data)
    expect(check!.errors ?? []).toEqual([])
  }
}

test.skipIf(!there)('every payload holds by the schemas that it names, at each level', () => {
  const check = igluChecks()
  const payload = bodyOf(snowplow) as SelfDescribing & { data: Record<string, string>[] }
  check(payload)
  for (const [index, { ue_pr, co, eid, dtm }] of payload.data.entries()) {
    const outer = JSON.parse(ue_pr!) as SelfDescribing
    check(outer)
    check(outer.data as SelfDescribing)
    const contexts = JSON.parse(co!) as SelfDescribing & { data: SelfDescribing[] }
    check(contexts)
    for (const entity of contexts.data) check(entity)
    expect((outer.data as SelfDescribing).data).toEqual(everyKind[index])
    expect([eid, dtm]).toEqual([everyKind[index]!.id, `${everyKind[index]!.at}`])
  }
  expect(payload.data).toHaveLength(everyKind.length)
})
