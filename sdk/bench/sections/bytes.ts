import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { goals } from '../goals'
import { dist } from '../lab'
import { atMost, figure, type Section } from '../report'

const main = 'splitsecond.js'

/** What a page downloads. */
export function bytes(): Section {
  const names = readdirSync(dist).filter((name) => /^splitsecond.*\.js$/.test(name))
  const sizes = names
    .sort((one, other) => Number(other === main) - Number(one === main) || one.localeCompare(other))
    .map((name) => ({ name, ...weigh(readFileSync(join(dist, name))) }))
  const sum = (field: 'min' | 'gzip' | 'brotli') => sizes.reduce((total, size) => total + size[field], 0)
  return {
    name: 'Bytes',
    how: 'Each file as it is built (minified, without its source map); gzip 9, brotli 11.',
    tables: [
      {
        title: 'File',
        columns: ['min', 'gzip', 'brotli'],
        rows: [
          ...sizes.map(({ name, min, gzip, brotli }) => ({
            name,
            figures: [
              figure(min, 0),
              figure(gzip, 0),
              name === main ? atMost(brotli, goals.bytes.main, 0) : figure(brotli, 0),
            ],
          })),
          {
            name: 'all of them',
            figures: [
              figure(sum('min'), 0),
              figure(sum('gzip'), 0),
              atMost(sum('brotli'), goals.bytes.all, 0),
            ],
          },
        ],
      },
    ],
  }
}

const weigh = (file: Buffer) => ({
  min: file.length,
  gzip: gzipSync(file, { level: 9 }).length,
  brotli: brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
})
