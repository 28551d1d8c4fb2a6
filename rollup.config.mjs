import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { transform } from 'esbuild'
import { dts } from 'rollup-plugin-dts'
import esbuild, { minify } from 'rollup-plugin-esbuild'

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Bytes (brotli) that a file may have; the build fails beyond. */
const budgets = {
  'splitsecond.js': 11_960,
  'splitsecond-affinity.js': 1_500,
  'splitsecond-back-on-checkout.js': 600,
  'splitsecond-beacon.js': 4_580,
  'splitsecond-cart-hesitation.js': 1_200,
  'splitsecond-chat.js': 500,
  'splitsecond-consent.js': 750,
  'splitsecond-copy.js': 300,
  'splitsecond-coupon.js': 400,
  'splitsecond-event.js': 480,
  'splitsecond-checkout-step-back.js': 600,
  'splitsecond-data-layer.js': 1_600,
  'splitsecond-dead-click.js': 1_100,
  'splitsecond-callback.js': 200,
  'splitsecond-clickhouse.js': 600,
  'splitsecond-cloudevents.js': 450,
  'splitsecond-datalayer.js': 550,
  'splitsecond-formats.js': 2_000,
  'splitsecond-otlp.js': 950,
  'splitsecond-otlp-traces.js': 1_150,
  'splitsecond-posthog.js': 500,
  'splitsecond-segment.js': 550,
  'splitsecond-snowplow.js': 450,
  'splitsecond-decide.js': 14_680,
  'splitsecond-decider.js': 2_300,
  'splitsecond-error-click.js': 1_200,
  'splitsecond-exit-intent.js': 1_400,
  'splitsecond-expects.js': 900,
  'splitsecond-filters.js': 1_300,
  'splitsecond-form-abandonment.js': 1_700,
  'splitsecond-hesitation.js': 2_630,
  'splitsecond-inline.js': 1_000,
  'splitsecond-multi-click.js': 1_600,
  'splitsecond-nudge.js': 8_910,
  'splitsecond-preview.js': 1_200,
  'splitsecond-quick-back.js': 1_200,
  'splitsecond-rage-click.js': 1_600,
  'splitsecond-rage-typing.js': 2_000,
  'splitsecond-record.js': 1_560,
  'splitsecond-recommend.js': 1_250,
  'splitsecond-reorder.js': 1_200,
  'splitsecond-response.js': 2_100,
  'splitsecond-slide-in.js': 600,
  'splitsecond-tab-return.js': 800,
  'splitsecond-thrashed-cursor.js': 1_200,
  'splitsecond-tip.js': 1_200,
  'splitsecond-verify.js': 900,
  'splitsecond-vitals.js': 3_200,
}

/** A style sheet becomes minified text. */
const css = {
  name: 'css',
  async transform(code, id) {
    if (!id.endsWith('.css')) return null
    const { code: minified } = await transform(code, { loader: 'css', minify: true, target: 'chrome120' })
    return { code: `export default ${JSON.stringify(minified.trim())}`, map: { mappings: '' } }
  },
}

const over = []

/** Prints what each file weighs, and notes those over budget. */
const size = {
  name: 'size',
  writeBundle(_options, bundle) {
    for (const { fileName, code } of Object.values(bundle)) {
      if (!code) continue
      const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
      const budget = budgets[fileName]
      if (!budget && fileName.startsWith('splitsecond')) over.push(`${fileName}: has no budget`)
      const columns = [
        fileName.padEnd(28),
        `min ${code.length}`,
        `gzip ${gzipSync(code, { level: 9 }).length}`,
        `brotli ${brotli}`,
      ]
      console.log(columns.join('  ') + (budget ? ` of ${budget}` : ''))
      if (budget && brotli > budget)
        over.push(`${fileName}: wanted at most ${budget} B brotli, found ${brotli}`)
    }
  },
}

/**
 * Tells V8 to compile the file in one go. Nearly all of it runs while the page arms; compiled lazily, the closures
 * inside `start` are parsed again and again (boot took 1.8 times as long).
 */
const eager = {
  name: 'eager',
  renderChunk: (code) => ({ code: `//# allFunctionsCalledOnLoad\n${code}`, map: null }),
}

/** Fails the build when all files have been weighed. */
const budget = {
  name: 'budget',
  buildStart() {
    if (over.length > 0) throw Error(over.join('; '))
  },
}

const plugins = [resolve({ extensions: ['.ts', '.mjs', '.js'] }), css, esbuild({ target: 'es2022' })]
/** After esbuild's own minifier: each finds what the other does not (1 % together). */
const minified = terser({
  ecma: 2022,
  module: true,
  compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
  format: { comments: false },
})
const onwarn = (warning) => {
  throw Error(warning.message)
}

/** What a page loads: the classic script, and beside it the parts that load on demand, each whole in itself. */
const parts = readdirSync('sdk/src/parts')
  .filter((file) => !/^kit\.|\.test\./.test(file))
  .map((file) => file.replace('.ts', ''))
const browser = [
  { input: 'sdk/src/tag.ts', output: { file: 'dist/splitsecond.js', format: 'iife', sourcemap: true } },
  ...parts.map((part) => ({
    input: `sdk/src/parts/${part}.ts`,
    output: { file: `dist/splitsecond-${part}.js`, format: 'es', sourcemap: true },
  })),
].map((build) => ({
  ...build,
  plugins: [...plugins, minify({ target: 'es2022' }), minified, eager, size],
  onwarn,
}))

/** What a bundler or Node imports. */
const entries = {
  index: 'sdk/src/index.ts',
  decide: 'sdk/src/decide/index.ts',
  schema: 'sdk/schema/index.ts',
  replay: 'sdk/replay/index.ts',
  openfeature: 'sdk/src/openfeature.ts',
}
/** The `splitsecond` command. */
const commands = { cli: 'sdk/cli/index.ts' }
const packages = Object.keys({ ...dependencies, ...peerDependencies })
const external = [/^node:/, ...packages.map((name) => new RegExp(`^${name}(/|$)`))]
const modules = [
  {
    input: { ...entries, ...commands },
    output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: 'chunk-[name].js' },
    external,
    plugins: [budget, ...plugins],
    onwarn,
  },
  {
    input: entries,
    output: { dir: 'dist', format: 'es', chunkFileNames: 'chunk-[name].d.ts' },
    external,
    plugins: [dts()],
    onwarn,
  },
]

export default [...browser, ...modules]
