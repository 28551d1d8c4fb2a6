import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from '@typescript/typescript6'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { version } from './version'

/** The rules of the house, as a test. A rule that needs an exception names it here, with its reason. */
const src = dirname(fileURLToPath(import.meta.url))
const sdk = dirname(src)

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !/\.(test|fixture|d)\.ts$/.test(path))
  .sort()
const text = (file: string) => readFileSync(join(src, file), 'utf8')
const parsed = new Map(
  files.map((file) => [file, ts.createSourceFile(file, text(file), ts.ScriptTarget.ES2022, true)] as const),
)
const room = (file: string) => (file.includes('/') ? file.split('/')[0]! : file)

interface Import {
  readonly file: string
  /** Relative to `sdk/src`, without `.ts`; a package by its name. */
  readonly to: string
  readonly typeOnly: boolean
}

/** Every node of a file, depth first. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  for (const child of children) yield* nodesOf(child)
}
const every = () =>
  [...parsed].flatMap(([file, source]) => [...nodesOf(source)].map((node) => ({ file, node })))
const place = (file: string, node: ts.Node) => {
  const source = parsed.get(file)!
  return `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

const resolved = (file: string, specifier: string) => {
  if (!specifier.startsWith('.')) return specifier
  const path = relative(src, resolve(src, dirname(file), specifier)).replaceAll('\\', '/')
  if (path.startsWith('..')) return path
  return files.includes(`${path}.ts`) ? path : files.includes(`${path}/index.ts`) ? `${path}/index` : path
}
const allTypes = (bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined) =>
  !!bindings &&
  (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) &&
  bindings.elements.length > 0 &&
  [...bindings.elements].every((element) => element.isTypeOnly)

const imports: Import[] = every().flatMap(({ file, node }): Import[] => {
  const to = (specifier: ts.Expression | undefined) =>
    specifier && ts.isStringLiteral(specifier) ? resolved(file, specifier.text) : undefined
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause
    const typeOnly = !!clause && (clause.isTypeOnly || (!clause.name && allTypes(clause.namedBindings)))
    return [{ file, to: to(node.moduleSpecifier)!, typeOnly }]
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return [{ file, to: to(node.moduleSpecifier)!, typeOnly: node.isTypeOnly || allTypes(node.exportClause) }]
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const target = to(node.arguments[0])
    return target ? [{ file, to: target, typeOnly: false }] : []
  }
  return []
})

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(imports.length).toBeGreaterThan(200)
  expect(imports).toContainEqual({ file: 'start-module.ts', to: 'parts/beacon', typeOnly: false })
  expect(imports).toContainEqual({ file: 'pipeline.ts', to: 'detect/index', typeOnly: true })
})

// ── who may know whom ───────────────────────────────────────────────────────────────────────────────

const rooms = new Set(['capture', 'detect', 'decide', 'nudge', 'beacon'])
/**
 * `bare` and `of-navigator`: what is asked of a page that may be hostile.
 * `template`: the grammar of texts, which one room checks and another fills. `item-names`: what carts and orders call things,
 * which one room keeps and another looks up.
 */
const ground = new Set(['terms', 'time', 'guard', 'bare', 'of-navigator', 'template', 'item-names'])
const schema = new Set(['../schema/decider', '../schema/event', '../schema/ruleset'])
/** What each room asks of a library; nobody else may. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  'capture/data-layer.ts': ['idb-keyval'],
  'decide/leanings.ts': ['idb-keyval'],
  'decide/own.ts': ['idb-keyval'],
  'decide/permits.ts': ['idb-keyval'],
  'decide/ruleset-cache.ts': ['idb-keyval'],
  'decide/visitor.ts': ['idb-keyval'],
  'beacon/records.ts': ['idb-keyval'],
  'platform/store.ts': ['idb-keyval'],
  'parts/vitals.ts': ['web-vitals'],
  'openfeature.ts': ['@openfeature/web-sdk'],
}

/** Files outside the rooms that see more than the ground, and why. */
const seeMore: Readonly<Record<string, string>> = {
  'options.ts': 'what may be given to `start`; the type of an encoder alone',
  'question.ts': 'what a decision rests on; reads the attributes',
  'decider.ts': 'asks the shop’s own engine; what its answer comes to is the business of the room',
  'pipeline.ts': 'the flow through all rooms; their types alone, it is handed what they do',
  'showing.ts': 'the life of a nudge; types of the rooms alone, it is handed what they do',
  'lasting.ts': 'the moments that are not over; types of the rooms alone',
  'deferrals.ts': 'decisions that wait for their slot and for a calm instant; types of the rooms alone',
  'start.ts': 'the composition root: wires what stands in the main file',
  'acting.ts': 'what acts in the page, as a type of its own; types of the rooms alone',
  'learning.ts': 'what the page tells of the shopper; types of who learns of it alone',
  'sending.ts': 'events until the beacon is loaded; its type alone',
  'moments.ts': 'the moments that there are; the type of the ruleset that asks for them alone',
  'arming.ts': 'starts capture and the detectors, with the parts that a ruleset names',
  'context.ts': 'fields of every event; the type of the visitor memory alone',
  'calls.ts': 'what the page may call; types of what `start` hands it alone',
  'recorder.ts': 'writes traces; types of what it listens in to alone',
  'situation-of.ts': 'what a trace tells of a decision; the type of the visitor memory alone',
  'handle.ts': 'the public type of the handle: it answers with decisions',
  'preview.ts': 'shows a nudge with no moment; types of the rooms alone, it is handed what they do',
  'openfeature.ts': 'flags of the shop’s provider; the type that decisions ask them by alone',
  'index.ts': 'the ESM entry: named re-exports of public types',
  'start-module.ts': 'loads the parts by `import()` for a bundler',
  'tag.ts': 'the script tag: starts',
}
/** Of these only types may come from a room. */
const typesAlone = new Set([
  'options.ts',
  'acting.ts',
  'learning.ts',
  'sending.ts',
  'moments.ts',
  'pipeline.ts',
  'showing.ts',
  'lasting.ts',
  'deferrals.ts',
  'context.ts',
  'recorder.ts',
  'situation-of.ts',
  'calls.ts',
  'handle.ts',
  'preview.ts',
  'openfeature.ts',
  'index.ts',
  'tag.ts',
  'start-module.ts',
])

describe('import directions', () => {
  test('a room knows itself, the ground, the types of the platform and of the schema', () => {
    const strays = imports.filter(({ file, to, typeOnly }) => {
      if (!rooms.has(room(file))) return false
      const allowed =
        room(to) === room(file) ||
        ground.has(to) ||
        (typeOnly && (to === 'platform/platform' || schema.has(to))) ||
        /\.css$/.test(to) ||
        libraries[file]?.includes(to)
      return !allowed
    })
    expect(strays).toEqual([])
  })

  test('the ground and the platform know no room', () => {
    const strays = imports.filter(
      ({ file, to }) =>
        (ground.has(file.replace('.ts', '')) || room(file) === 'platform') &&
        !ground.has(to) &&
        room(to) !== 'platform' &&
        !libraries[file]?.includes(to),
    )
    expect(strays).toEqual([])
  })

  test('only the files named see a room from outside, most of them only its types', () => {
    const seeing = imports.filter(
      ({ file, to }) => !rooms.has(room(file)) && room(file) !== 'parts' && rooms.has(room(to)),
    )
    expect(seeing.filter(({ file }) => !(file in seeMore))).toEqual([])
    expect(seeing.filter(({ file, typeOnly }) => typesAlone.has(file) && !typeOnly)).toEqual([])
  })

  test('of a part only `kit` is known: the rest is loaded, never bundled', () => {
    const strays = imports.filter(
      ({ file, to }) => room(to) === 'parts' && to !== 'parts/kit' && file !== 'start-module.ts',
    )
    expect(strays).toEqual([])
  })

  test('libraries come in where they are named and nowhere else', () => {
    const strays = imports.filter(
      ({ file, to }) =>
        !/^\./.test(to) &&
        !files.includes(`${to}.ts`) &&
        !/\.css$/.test(to) &&
        !libraries[file]?.includes(to),
    )
    expect(strays).toEqual([])
  })

  test('nothing of the schema nor of Node is there at run time: types only', () => {
    const strays = imports.filter(
      ({ to, typeOnly }) => /^zod|^node:/.test(to) || (to.startsWith('../') && !typeOnly),
    )
    expect(strays).toEqual([])
  })

  test('no import goes round in a circle', () => {
    const next = new Map(
      files.map((file) => [file, imports.filter((it) => it.file === file && !it.typeOnly)]),
    )
    const circles: string[] = []
    const walk = (file: string, path: readonly string[]) => {
      if (path.includes(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      for (const { to } of next.get(file) ?? []) walk(`${to}.ts`, [...path, file])
    }
    for (const file of files) walk(file, [])
    expect(circles).toEqual([])
  })
})

// ── what a file does when it is imported ────────────────────────────────────────────────────────────

/**
 * What is left of an import that nobody uses. The `sideEffects` of package.json are not believed: they are what is
 * to be shown.
 */
const left = async (file: string) => {
  const { outputFiles } = await build({
    stdin: { contents: `import './${file}'`, resolveDir: src },
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    // What is loaded on demand acts when it is loaded, not now.
    splitting: true,
    ignoreAnnotations: true,
    minify: true,
    loader: { '.css': 'text' },
    external: ['idb-keyval', 'web-vitals'],
  })
  const entry = outputFiles.find(({ path }) => /stdin\.js$/.test(path))!.text
  return (
    entry
      // Libraries keep what they promise themselves; a part that nobody took a name from is an empty import.
      .replace(/import\s*(\{[^}]*\}\s*from\s*)?"(idb-keyval|web-vitals|\.\/chunk-\w+\.js)";/g, '')
      // `5 * 60_000` is no act; esbuild leaves sums that are longer than their result.
      .replace(/(var|const|let) [\w$]+=[\d.e*+/-]+;/g, '')
      .trim()
  )
}

describe('only the tag acts when it is imported', () => {
  test('of the entry nothing is left', async () => {
    expect(await left('index')).toBe('')
  })
  test('of the tag there is', async () => {
    expect(await left('tag')).toContain('currentScript')
  })
  test('elsewhere a module declares, and does nothing besides', () => {
    const acting = [...parsed].flatMap(([file, source]) =>
      source.statements
        .filter(
          (it) =>
            !ts.isImportDeclaration(it) &&
            !ts.isExportDeclaration(it) &&
            !ts.isInterfaceDeclaration(it) &&
            !ts.isTypeAliasDeclaration(it) &&
            !ts.isFunctionDeclaration(it) &&
            !ts.isVariableStatement(it),
        )
        .map((it) => place(file, it)),
    )
    expect(acting.filter((where) => !where.startsWith('tag.ts:'))).toEqual([])
    expect(acting).not.toEqual([])
  })
})

// ── what a file may say ─────────────────────────────────────────────────────────────────────────────

/** `Date.now` of `Date.now()`; the name alone of a plain identifier; '' of what is neither. */
const nameOf = (node: ts.Node): string =>
  ts.isPropertyAccessExpression(node)
    ? `${nameOf(node.expression)}.${node.name.text}`.replace(/^(window|globalThis|self)\./, '')
    : ts.isIdentifier(node)
      ? node.text
      : ''
const isName = (node: ts.Node) =>
  ts.isPropertyAccessExpression(node) ||
  (ts.isIdentifier(node) &&
    !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
    !ts.isPropertyAssignment(node.parent))

const clocks =
  /^(Date\.now|performance\.now|performance\.timeOrigin|setTimeout|setInterval|setImmediate|requestAnimationFrame|requestIdleCallback)$/

describe('what is never said', () => {
  test('no clock is read outside the platform', () => {
    const reading = every().filter(
      ({ file, node }) =>
        room(file) !== 'platform' &&
        ((isName(node) && clocks.test(nameOf(node))) ||
          (ts.isNewExpression(node) && nameOf(node.expression) === 'Date' && !node.arguments?.length)),
    )
    expect(reading.map(({ file, node }) => place(file, node))).toEqual([])
  })

  test('the platform reads them: the check would see it', () => {
    const reading = every().filter(({ node }) => isName(node) && clocks.test(nameOf(node)))
    expect(reading.map(({ file }) => file)).toContain('platform/clock.ts')
  })

  test('no text becomes markup or code', () => {
    const spelled = /^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseFromString|eval)$/
    const saying = every().filter(
      ({ node }) =>
        (ts.isIdentifier(node) && spelled.test(node.text)) ||
        (ts.isPropertyAccessExpression(node) && /^document\.write(ln)?$/.test(nameOf(node))) ||
        (ts.isNewExpression(node) && nameOf(node.expression) === 'Function'),
    )
    expect(saying.map(({ file, node }) => place(file, node))).toEqual([])
  })

  test('nobody hangs on to the page as it goes, nor adds to its history, nor holds an event up', () => {
    const spelled =
      /^(unload|beforeunload|onunload|onbeforeunload|pushState|replaceState|preventDefault|stopPropagation|stopImmediatePropagation)$/
    const saying = every().filter(
      ({ node }) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && spelled.test(node.text),
    )
    expect(saying.map(({ file, node }) => place(file, node))).toEqual([])
  })

  test('no class, and no module-level `let` or `var`', () => {
    const saying = every().filter(
      ({ node }) =>
        ts.isClassLike(node) ||
        (ts.isVariableStatement(node) &&
          ts.isSourceFile(node.parent) &&
          !(node.declarationList.flags & ts.NodeFlags.Const)),
    )
    expect(saying.map(({ file, node }) => place(file, node))).toEqual([])
  })
})

// ── the size of things ──────────────────────────────────────────────────────────────────────────────

const mostLines = 200
/** Longer, and why. */
const long: Readonly<Record<string, string>> = {
  'terms.ts': 'the glossary: every signal in one list',
  'start.ts': 'the composition root',
  'beacon/queue.ts': 'one account book: every event in exactly one state',
  'beacon/delivery.ts': 'what may fly, when, and how each answer reads',
  'detect/hesitation.ts': 'three ways to hesitate share one state',
  'detect/run.ts': 'one clock for all detectors: wake-ups, hidden time, cooldowns',
  'showing.ts': 'the life of a nudge, from the moment to what became of it',
  'decide/condition.ts': 'one language: its clauses, checked and compiled side by side',
}

describe('the size of things', () => {
  const lines = (file: string) => text(file).trimEnd().split('\n').length

  test(`a file has at most ${mostLines} lines`, () => {
    const over = files.filter((file) => lines(file) > mostLines && !(file in long))
    expect(over.map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })
  test('an exception that is none any more is struck out', () => {
    expect(Object.keys(long).filter((file) => lines(file) <= mostLines)).toEqual([])
  })
})

test('the version in every event is the package\u2019s', () => {
  const { version: packaged } = JSON.parse(readFileSync(join(sdk, '../package.json'), 'utf8')) as {
    version: string
  }
  expect(version).toBe(packaged)
})
