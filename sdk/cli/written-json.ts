import { parse, type MemberNode, type ValueNode } from '@humanwhocodes/momoa'
import type { Path } from '../src/decide/demand'

/** Where something stands in a text; all count from 1, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
  /** Characters on that line. */
  readonly length: number
}

/** JSON as it was written: its value, and where each part of it stands. */
export interface WrittenJson {
  readonly value: unknown
  /** Of the value at the end of the path, or of its key; of the nearest around it, where there is none. */
  readonly placeOf: (path: Path, part?: 'key' | 'value') => Place
  /** Keys that an object has twice, which no reader but this one would notice: the last one counts. */
  readonly repeated: readonly { readonly path: Path; readonly place: Place }[]
}

/** JSON that cannot be read. */
export interface JsonFault extends Error {
  readonly place: Place
  readonly wanted: string
  readonly found: string
}

/** @throws a `JsonFault` */
export function readWrittenJson(text: string): WrittenJson {
  const { value, body } = parseOrFault(text)
  const placeOf: WrittenJson['placeOf'] = (path, part = 'value') => {
    let node: ValueNode = body
    let member: MemberNode | undefined
    let whole = true
    for (const key of path) {
      const next = child(node, key)
      whole = next !== undefined
      if (!next) break
      member = next.type === 'Member' ? next : undefined
      node = next.value
    }
    return placeAt(part === 'key' && member && whole ? member.name : node)
  }
  return { value, placeOf, repeated: repeatedKeys(body, []) }
}

/** The verdict is `JSON.parse`'s, which is what a browser runs; the places are the library's. */
function parseOrFault(text: string): { value: unknown; body: ValueNode } {
  try {
    const value: unknown = JSON.parse(text)
    return { value, body: parse(text).body }
  } catch (error) {
    throw Object.assign(Error('no JSON', { cause: error }), faultIn(text, error as Error))
  }
}

/** Where a text stops being JSON, and what is usually meant there. */
export function faultIn(text: string, { message }: Error) {
  const told = Number(
    /at position (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? text.length : 0),
  )
  const end = text.trimEnd().length
  // Of a text that ends too soon the library tells the last token.
  const at = Math.min(end, told >= end ? end : (faultAt(text) ?? told))
  const token = /^("(\\.|[^"\\\n])*"?|[\w.+-]+|[^])/.exec(text.slice(at, end))?.[0] ?? ''
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const place: Place = { line, column: at - before.lastIndexOf('\n'), length: token.length || 1 }
  return { place, ...misread(message, before, token) }
}

/** Where the library stops reading; the engine does not always say. */
function faultAt(text: string): number | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    return (error as { offset?: number }).offset
  }
}

/** What is usually meant by text that is no JSON: the engine's words, what stands before the fault, what it begins with. */
function misread(message: string, before: string, token: string): { wanted: string; found: string } {
  const last = before.trimEnd().at(-1) ?? ''
  const found = token === '' ? 'the end' : JSON.stringify(token)
  const wanted =
    token !== '' && token < ' '
      ? 'JSON, with \\n or \\t for a line break or a tab in a text'
      : last === ',' && /^[}\]]/.test(token)
        ? 'JSON, with no comma after the last'
        : token === '/'
          ? 'JSON, which has no comments'
          : token === "'"
            ? 'JSON, with texts in "double" quotes'
            : token !== '' && /Expected ',' or/.test(message)
              ? 'a comma before this'
              : /Expected ':'/.test(message)
                ? 'a colon before this'
                : /after JSON/.test(message)
                  ? 'nothing after the end'
                  : 'JSON'
  return { wanted, found }
}

type Child = MemberNode | { readonly type: 'Element'; readonly value: ValueNode }

/** Of a key that stands twice the last, as `JSON.parse` has it. */
const child = (node: ValueNode, key: string | number): Child | undefined =>
  node.type === 'Object'
    ? [...node.members].reverse().find((it) => nameOf(it) === key)
    : node.type === 'Array' && typeof key === 'number'
      ? node.elements[key]
      : undefined

const nameOf = ({ name }: MemberNode) => (name.type === 'String' ? name.value : name.name)

function placeAt({ loc: { start, end } }: ValueNode | MemberNode['name']): Place {
  const { line, column } = start
  return { line, column, length: end.line === line ? end.column - column : 1 }
}

function repeatedKeys(node: ValueNode, path: Path): { path: Path; place: Place }[] {
  if (node.type === 'Array')
    return node.elements.flatMap(({ value }, index) => repeatedKeys(value, [...path, index]))
  if (node.type !== 'Object') return []
  const seen = new Set<string>()
  return node.members.flatMap((member) => {
    const here = [...path, nameOf(member)]
    const again = seen.has(nameOf(member)) ? [{ path: here, place: placeAt(member.name) }] : []
    seen.add(nameOf(member))
    return [...again, ...repeatedKeys(member.value, here)]
  })
}
