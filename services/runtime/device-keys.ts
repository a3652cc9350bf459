import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { sha256 } from './secret.ts'

// The keys that devices and tills make for themselves (0029): one of Ed25519 that signs, and one of
// X25519 that follows from it, for the secret of a till and its device. Public halves travel alone.

const toPem = (key: KeyObject, type: 'pkcs8' | 'spki'): string =>
  key.export({ type, format: 'pem' } as never).toString()

/** A new private key, PEM. */
export const newDeviceKey = (): string => toPem(generateKeyPairSync('ed25519').privateKey, 'pkcs8')

/** The public half of a private key, PEM both. */
export const publicHalf = (privatePem: string): string => toPem(createPublicKey(privatePem), 'spki')

/** The serial number of a till, which follows from the public half of its key, PEM. */
export const serialOfKey = (publicPem: string): string =>
  `K-${sha256(publicPem).slice(0, 12).toUpperCase()}`

/** The signature in base64. */
export const signText = (privatePem: string, text: string): string =>
  sign(null, Buffer.from(text), createPrivateKey(privatePem)).toString('base64')

export type KeyKind = 'ed25519' | 'x25519'

/** A public key as it is always written; null: it is none of this kind. */
export function readPublicKey(pem: string, kind: KeyKind): string | null {
  // Of a private key it would take the public half.
  if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === kind ? toPem(key, 'spki') : null
  } catch {
    return null
  }
}

/** Whether the key signed the text; false, too, where it is no key. */
export function isSignedBy(publicPem: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicPem, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

// PKCS #8 of a key of either kind is such a beginning and its 32 bytes.
const KEY_BYTES = 32
const X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** By HKDF out of the signing key: one file is the whole device (0008). */
function agreementKey(privatePem: string): KeyObject {
  const der = createPrivateKey(privatePem).export({ type: 'pkcs8', format: 'der' })
  const seed = der.subarray(der.length - KEY_BYTES)
  const bytes = Buffer.from(hkdfSync('sha256', seed, '', 'zpos agreement', KEY_BYTES))
  return createPrivateKey({ key: Buffer.concat([X25519, bytes]), format: 'der', type: 'pkcs8' })
}

/** The public half of a private key's own key of agreement, PEM. */
export const agreementHalf = (privatePem: string): string =>
  toPem(createPublicKey(agreementKey(privatePem)), 'spki')

/**
 * The secret that a till and the device of this serial number share, base64url of 256 bits: each
 * makes it of its own private key and the other's half. Null: the other's half is no key, or one
 * that was made to give no secret.
 */
export function sharedSecret(privatePem: string, otherHalf: string, serial: string): string | null {
  try {
    const privateKey = agreementKey(privatePem)
    const shared = diffieHellman({ privateKey, publicKey: createPublicKey(otherHalf) })
    return Buffer.from(hkdfSync('sha256', shared, serial, 'zpos till', 32)).toString('base64url')
  } catch {
    return null
  }
}
