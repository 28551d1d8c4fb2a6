/** The ruleset's schema in words: which keys there are at a place, and what is wanted there. */
import { z } from 'zod'
import { rulesetFile } from '../schema/ruleset'
import type { Path } from '../src/decide/demand'

interface Node {
  readonly type?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: Node | boolean
  readonly items?: Node
  readonly prefixItems?: readonly Node[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
}

const root = z.toJSONSchema(rulesetFile) as Node

/** All that the schema says about a place: more than one where it leaves a choice. */
function nodesAt(path: Path): readonly Node[] {
  return path.reduce<readonly Node[]>(
    (nodes, key) =>
      nodes.flatMap(({ properties = {}, additionalProperties, items, prefixItems }) => {
        if (typeof key === 'number') return choices(prefixItems?.[key] ?? items)
        if (Object.hasOwn(properties, key)) return choices(properties[key])
        return typeof additionalProperties === 'object' ? choices(additionalProperties) : []
      }),
    choices(root),
  )
}

const choices = (node: Node | undefined): readonly Node[] =>
  node?.anyOf?.flatMap(choices) ?? (node ? [node] : [])

/** The keys that an object may have there. */
export const keysAt = (path: Path): readonly string[] =>
  nodesAt(path).flatMap(({ properties = {} }) => Object.keys(properties))

/** The texts that may stand there, where there is a list of them. */
export const textsAt = (path: Path): readonly string[] =>
  nodesAt(path)
    .flatMap((node) => node.enum ?? [node.const])
    .filter((it) => typeof it === 'string')

/** What is wanted there: `a whole number ≥ 0`, `toast or bar or modal`; empty where the schema does not know the place. */
export const wantedAt = (path: Path): string => [...new Set(nodesAt(path).map(inWords))].join(' or ')

function inWords(node: Node): string {
  const { type, description, minimum, maximum = Infinity, minLength, maxLength } = node
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum) return node.enum.map((it) => JSON.stringify(it)).join(' or ')
  if (type === 'integer' || type === 'number') {
    const one = type === 'integer' ? 'a whole number' : 'a number'
    if (minimum === undefined || minimum < -Number.MAX_SAFE_INTEGER) return one
    return maximum < Number.MAX_SAFE_INTEGER ? `${one} from ${minimum} to ${maximum}` : `${one} ≥ ${minimum}`
  }
  if (type === 'string') {
    if (node.pattern) return description ?? `text like ${node.pattern}`
    return minLength && maxLength ? `${minLength} to ${maxLength} characters` : 'text'
  }
  if (type === 'array') return node.minItems ? 'a list that is not empty' : 'a list'
  return { boolean: 'true or false', object: 'an object' }[type ?? ''] ?? 'another value'
}

/** Where a key would be right that is wrong where it stands: `rules[].limits`. */
export function homesOf(key: string): readonly string[] {
  const homes: string[] = []
  const walk = (node: Node | undefined, place: string) => {
    for (const { properties = {}, additionalProperties, items } of choices(node)) {
      if (Object.hasOwn(properties, key)) homes.push(place || 'the ruleset')
      for (const [name, inner] of Object.entries(properties)) walk(inner, place ? `${place}.${name}` : name)
      if (typeof additionalProperties === 'object') walk(additionalProperties, `${place}.*`)
      walk(items, `${place}[]`)
    }
  }
  walk(root, '')
  return homes
}
