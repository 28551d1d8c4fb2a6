import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** The two that browsers verify: Ed25519, and ECDSA on P-256 for those that have no Ed25519. */
export const algorithms = ['ed25519', 'p256'] as const
export type Algorithm = (typeof algorithms)[number]

/** A private key as PEM (PKCS #8). */
export const createPrivatePem = (algorithm: Algorithm): string => {
  const { privateKey } =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** Throws where the text is no private key of one of the two. */
export function readPrivatePem(pem: string): KeyObject {
  const key = (() => {
    try {
      return createPrivateKey(pem)
    } catch (error) {
      const { message } = error as Error
      throw Error(`wanted a private key in PEM without a passphrase, found none (${message})`, {
        cause: error,
      })
    }
  })()
  algorithmOf(key)
  return key
}

export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm {
  if (asymmetricKeyType === 'ed25519') return asymmetricKeyType
  if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'p256'
  throw Error(`wanted a key of ${algorithms.join(' or ')}, found ${asymmetricKeyType}`)
}

/** `ed25519:BASE64URL`, as `data-public-key` takes it: the raw key, or the uncompressed point. */
export function publicKeyOf(key: KeyObject): string {
  const { x = '', y } = createPublicKey(key).export({ format: 'jwk' })
  const point = [x, y].map((text) => Buffer.from(text ?? '', 'base64url'))
  const raw = y ? Buffer.concat([Buffer.of(4), ...point]) : point[0]!
  return `${algorithmOf(key)}:${raw.toString('base64url')}`
}

/** `ed25519:BASE64URL`, as the `.sig` file and `data-signature` hold it: 64 bytes; of ECDSA r and s. */
export function signatureOf(key: KeyObject, bytes: Uint8Array): string {
  const algorithm = algorithmOf(key)
  const made = sign(algorithm === 'ed25519' ? null : 'sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
  return `${algorithm}:${made.toString('base64url')}`
}
