/** Bundles the dashboard's client into memory: once per process, when it is first asked for. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface ClientBundle {
  readonly script: string
  readonly styles: string
}

export const bundleClient = async (): Promise<ClientBundle> => {
  const { outputFiles } = await build({
    entryPoints: { dashboard: fileURLToPath(new URL('client/main.tsx', import.meta.url)) },
    outdir: 'dashboard',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  })
  const named = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { script: named('.js'), styles: named('.css') }
}
