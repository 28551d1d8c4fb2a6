/**
 * The README's sizes are those of the build, of every file that a page may load: says which line lies, and which file
 * has none. `--write` puts the measured ones in.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { fail, root } from './setup.mjs'

const row = /^\| `(splitsecond[\w-]*\.js)` \|(.*)\| ([\d.]+) kB \|$/gm

const measured = (file) => {
  const code = readFileSync(join(root, 'dist', file))
  const { length } = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return (length / 1000).toFixed(1)
}

/** @returns what is wrong, in words; empty when all is right */
export function readmeSizes() {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const rows = [...text.matchAll(row)]
  if (rows.length === 0) return ['README.md: wanted a table of sizes, found none']
  const built = readdirSync(join(root, 'dist')).filter((name) => /^splitsecond.*\.js$/.test(name))
  return [
    ...built
      .filter((file) => !rows.some(([, named]) => named === file))
      .map((file) => `README.md: ${file} is built, and has no row in the table of sizes`),
    ...rows.flatMap(([, file, , said]) => {
      if (!built.includes(file)) return `README.md: ${file} has a row in the table of sizes, and is not built`
      const size = measured(file)
      return said === size ? [] : `README.md: ${file} is said to have ${said} kB, the build has ${size} kB`
    }),
  ]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--write')) {
    const path = join(root, 'README.md')
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(row, (_all, file, when) => `| \`${file}\` |${when}| ${measured(file)} kB |`),
    )
  } else {
    const wrong = readmeSizes()
    if (wrong.length) fail(wrong.join('\n'))
  }
}
