import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { conditionOperators } from '../src/decide/condition'
import { editorSchema } from './editor-schema'
import { moments } from './moments'
import { rulesetFile } from './ruleset'

type Node = Readonly<Record<string, unknown>>
const isNode = (it: unknown): it is Node => typeof it === 'object' && it !== null

/** Every property with its path. */
function propertiesOf(node: Node, path: string): [string, Node][] {
  const own = isNode(node['properties']) ? Object.entries(node['properties']) : []
  const inner = Object.entries(node).flatMap(([key, it]) =>
    isNode(it) ? propertiesOf(it, `${path}/${key}`) : [],
  )
  return [...own.map(([key, it]): [string, Node] => [`${path}/${key}`, it as Node]), ...inner]
}
const at = (...keys: string[]) => keys.reduce<Node>((node, key) => node[key] as Node, editorSchema())

describe('what an editor says', () => {
  test('of each key it says what it is for', () => {
    const all = propertiesOf(editorSchema(), '')
    expect(all.length).toBeGreaterThan(150)
    expect(
      all.filter(([, { description }]) => typeof description !== 'string').map(([path]) => path),
    ).toEqual([])
  })

  test('it offers the moments, the attributes and the operators of a condition', () => {
    const rule = at('properties', 'rules', 'items', 'properties')
    expect((rule['on'] as Node)['examples']).toEqual(Object.keys(moments))
    expect(Object.keys((rule['when'] as Node)['properties'] as Node)).toEqual(
      expect.arrayContaining(['cart.total', 'page.type', '$or', '$not']),
    )
    const offered = {
      ...at('definitions', 'question', 'properties'),
      ...at('definitions', 'condition', 'properties'),
    }
    expect(Object.keys(offered)).toEqual(expect.arrayContaining([...conditionOperators]))
  })

  test('what is valid is what the definition says', () => {
    const bare = (node: unknown): unknown =>
      Array.isArray(node)
        ? node.map(bare)
        : isNode(node)
          ? Object.fromEntries(
              Object.entries(node)
                .filter(([key, it]) => !/^(description|examples)$/.test(key) || isNode(it))
                .filter(([key]) => key !== 'examples')
                .map(([key, it]) => [key, key === 'when' ? {} : bare(it)]),
            )
          : node
    const { title: _title, definitions: _definitions, ...schema } = editorSchema()
    expect(bare(schema)).toEqual(bare(z.toJSONSchema(rulesetFile, { target: 'draft-7' })))
  })
})
