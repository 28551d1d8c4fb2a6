import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'

export interface BuiltFile {
  readonly body: Uint8Array
  readonly type: string
}

export interface BuiltShop {
  /** Addresses for the page's head. They change with the content, so that a browser may keep them for good. */
  readonly script: string
  readonly stylesheet: string
  readonly files: ReadonlyMap<string, BuiltFile>
}

/** Bundles the shop's script and stylesheet in memory: some tens of milliseconds, and nothing to clean up. */
export async function buildShop(shopDir: string): Promise<BuiltShop> {
  const { outputFiles } = await build({
    entryPoints: [join(shopDir, 'client.tsx'), join(shopDir, 'styles/shop.css')],
    outdir: '/assets',
    entryNames: '[name]',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  const files = new Map<string, BuiltFile>()
  const put = (extension: 'js' | 'css', type: string): string => {
    const body = outputFiles.find((file) => file.path.endsWith(`.${extension}`))?.contents
    if (!body) throw new Error(`the shop's bundle holds no .${extension} file`)
    const address = `/assets/shop-${createHash('sha256').update(body).digest('hex').slice(0, 10)}.${extension}`
    files.set(address, { body, type })
    return address
  }
  const script = put('js', 'text/javascript; charset=utf-8')
  const stylesheet = put('css', 'text/css; charset=utf-8')
  return { script, stylesheet, files }
}
