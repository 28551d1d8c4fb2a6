/** By name as keys and signatures write it: what WebCrypto calls it, and how many bytes a raw public key has. */
const algorithms = {
  ed25519: { name: 'Ed25519', keyBytes: 32 },
  p256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256', keyBytes: 65 },
} as const

type Name = keyof typeof algorithms
type Named = readonly [name: Name, bytes: Uint8Array<ArrayBuffer>]

/** Throws unless one of the signatures fits one of the keys. */
export type Verify = (bytes: BufferSource, signatures: unknown) => Promise<void>

/**
 * Verifies detached signatures over raw bytes, by WebCrypto. Keys and signatures are texts: `ed25519:BASE64URL` or
 * `p256:BASE64URL`, any number of them separated by white space. One signature that fits one key is enough, so a shop
 * may publish both algorithms (Chromium before 137 has no Ed25519), or an old key and a new one. A key is the raw
 * 32 bytes, or the uncompressed point; a signature 64 bytes (of ECDSA: r and s).
 *
 * @param publicKey throws where it is no such text
 * @param place how the developer wrote the option, for the messages
 */
export function createVerifier(publicKey: unknown, place: string): Verify {
  const keys = read(publicKey)
  const fits = keys?.every(([name, bytes]) => bytes.length === algorithms[name].keyBytes)
  if (!keys || !fits)
    throw Error(`${place}: wanted ed25519:<key> or p256:<key>, found ${JSON.stringify(publicKey)}`)

  return async (bytes, signatures) => {
    const made = read(signatures)
    if (!made) throw Error(`wanted a signature (ed25519:… or p256:…), found ${shown(signatures)}`)
    const { subtle } = crypto as Partial<Crypto>
    if (!subtle) throw Error('wanted a secure context (https:) to verify the signature in, found none')
    let missing = ''
    for (const [name, key] of keys) {
      const algorithm = algorithms[name]
      try {
        const imported = await subtle.importKey('raw', key, algorithm, false, ['verify'])
        for (const [by, signature] of made)
          if (by === name && (await subtle.verify(algorithm, imported, signature, bytes))) return
      } catch (error) {
        missing += `; ${name} failed (${(error as Error).name})`
      }
    }
    throw Error(`wanted a signature that fits ${place}, found none${missing}`)
  }
}

const shown = (text: unknown) => (typeof text === 'string' ? JSON.stringify(text.slice(0, 40)) : 'none')

/** Undefined unless every word is one. */
function read(text: unknown): readonly Named[] | undefined {
  try {
    return String(text)
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [, name, code] = /^(ed25519|p256):([\w-]+)$/.exec(word)!
        const base64 = code!.replace(/-/g, '+').replace(/_/g, '/')
        const binary = atob(base64)
        // Each key and each signature has one spelling: the last letter's spare bits are 0.
        if (btoa(binary).replace(/=/g, '') !== base64) throw 0
        return [name as Name, Uint8Array.from(binary, (char) => char.charCodeAt(0))]
      })
  } catch {
    return undefined
  }
}
