/** `npm run docs`: the pictures of the moments, and in `docs/moments.md` what the code says of each. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { withFacts } from './moment-facts'
import { pictures } from './pictures'

const page = 'docs/moments.md'
const folder = 'docs/pictures/moments'

mkdirSync(folder, { recursive: true })
for (const [name, picture] of Object.entries(pictures())) writeFileSync(`${folder}/${name}.svg`, picture)
writeFileSync(page, withFacts(readFileSync(page, 'utf8')))
