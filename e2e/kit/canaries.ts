import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { BrowserContext, Page, Request } from '@playwright/test'

/**
 * Canaries: words that stand nowhere else in the world, put where nobody may read them from. Every request that leaves and
 * all that the script has written down is searched for them, as they are and as trackers dress them: percent-encoded,
 * base64, hexadecimal, hashed, compressed.
 */
const mark = 'qzxvjk'
/** Shorter ones stand in figures and ids by chance. */
const shortest = 6

type Words = Map<string, string>

/** A word's bytes in base64, wherever in a longer text it stands; what its neighbours share in is left out. */
const base64s = (word: string) =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]).toString('base64')
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + Buffer.byteLength(word)) * 8) / 6))
  })
const digest = (kind: string, word: string) => createHash(kind).update(word).digest()
const dressed = (word: string) => {
  const hashes = ['md5', 'sha1', 'sha256'].map((kind) => digest(kind, word))
  const encoded = [...base64s(word), ...hashes.map((it) => it.toString('base64').replace(/=+$/, ''))]
  return {
    /** In whatever case. */
    loose: [word, Buffer.from(word).toString('hex'), ...hashes.map((it) => it.toString('hex'))].map((it) =>
      it.toLowerCase(),
    ),
    exact: encoded.flatMap((it) => [it, it.replaceAll('+', '-').replaceAll('/', '_')]),
  }
}

const unescaped = (text: string) =>
  text
    .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))

/** The places whose words stand in it. */
export function placesIn(words: Words, haystack: string): string[] {
  const once = unescaped(haystack)
  const twice = unescaped(once)
  const exact = [haystack, once, twice].join('\n')
  const loose = [exact, twice.replaceAll('+', ' ')].join('\n').toLowerCase()
  return [...words].flatMap(([word, place]) => {
    const wanted = dressed(word)
    const isThere =
      wanted.loose.some((it) => loose.includes(it)) || wanted.exact.some((it) => exact.includes(it))
    return isThere ? [place] : []
  })
}

const bodyOf = (request: Request) => {
  const bytes = request.postDataBuffer()
  if (!bytes) return ''
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString()
}

/**
 * What goes out by no doing of the script's, each by its name:
 * - documents: the shop's own links and forms take the shopper there
 * - the script itself and what else the shop's markup asks for, of whose address only the referrer tells: the browser's.
 *   Parts (`splitsecond-…js`) and what is fetched are searched with it
 * - cookies, to the page's own origin only: browsers add them to whatever is asked of it
 */
const textOf = (request: Request) => {
  const type = request.resourceType()
  if (type === 'document') return ''
  const { referer = '', cookie = '', ...headers } = request.headers()
  const isAsked =
    /^(fetch|xhr|ping|beacon|other|eventsource|preflight)$/.test(type) || /\/splitsecond-/.test(request.url())
  const isOwn = new URL(request.url()).origin === originOf(request)
  return [
    request.url(),
    JSON.stringify(headers),
    isAsked ? referer : '',
    isOwn ? '' : cookie,
    bodyOf(request),
  ].join('\n')
}

/** The origin of the page that asks; none, when that is gone or a worker. */
const originOf = (request: Request) => {
  try {
    return new URL(request.frame().url()).origin
  } catch {
    return ''
  }
}

/** All that the script has written down in this page's origin, and its cookies. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
      })
    const ours = ([key]: [string, string]) => key.includes('splitsecond')
    const all: unknown[] = [
      ...[localStorage, sessionStorage].map((it) => (Object.entries(it) as [string, string][]).filter(ours)),
      document.cookie.split('; ').filter((it) => !it.startsWith('shop-')),
    ]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store)
        all.push(name, store, await settled(records.getAllKeys()), await settled(records.getAll()))
      }
      database.close()
    }
    return JSON.stringify(all)
  })

/** The storage of a page that is gone, or that has no (working) storage, cannot be read: its requests still are. */
const patienceMs = 2_000
const keptOrNothing = async (page: Page) => {
  const late = new Promise<string>((resolve) => setTimeout(resolve, patienceMs, '').unref())
  return page.isClosed() ? '' : Promise.race([kept(page).catch(() => ''), late])
}

/** The words of one journey, and the browsers that are searched for them. */
export function createCanaries() {
  const words: Words = new Map()
  const requests: Request[] = []
  const contexts = new Set<BrowserContext>()

  /** A new word for that place. */
  const word = (place: string) => {
    const it = `${mark}${String(words.size).padStart(3, '0')}`
    words.set(it, place)
    return it
  }
  const planted = ['localStorage', 'sessionStorage', 'window.name'].map(word)
  const plant = ([local = '', session = '', name = '']: string[]) => {
    try {
      if (window === window.top) window.name ||= name
      localStorage.setItem('shop-draft', local)
      sessionStorage.setItem('shop-draft', session)
    } catch {
      // A page without storage.
    }
  }

  return {
    word,
    /**
     * Watches all that leaves this browser, and plants what disturbs no story: the shop's own storage and its page's name.
     * A journey that closes it before its own end looks for `leaks` first: storage of a browser that is gone is not read.
     */
    async watch(context: BrowserContext) {
      contexts.add(context)
      context.on('request', (request) => requests.push(request))
      context.on('close', () => contexts.delete(context))
      await context.addInitScript(plant, planted)
    },
    /** What a story types is as much a canary as a word of ours. */
    typed(text: string) {
      if (text.length >= shortest) words.set(text, `typed: ${text}`)
      return text
    },
    /** Where each word that got out was found; what was told once is not told again. */
    async leaks() {
      const gone = requests
        .splice(0)
        .map((request) => [`${request.method()} ${request.url()}`, textOf(request)])
      const written = await Promise.all(
        [...contexts]
          .flatMap((context) => context.pages())
          .map(async (page) => [`storage of ${page.url()}`, await keptOrNothing(page)]),
      )
      // One search for all: that nothing is there is the usual answer, and it is a quick one.
      const all = [...gone, ...written]
      if (!placesIn(words, all.map(([, text]) => text).join('\n')).length) return []
      return all.flatMap(([where = '', text = '']) =>
        placesIn(words, text).map((place) => `${place} → ${where}`),
      )
    },
  }
}

export type Canaries = ReturnType<typeof createCanaries>
