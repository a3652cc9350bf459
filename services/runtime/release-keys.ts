import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import {
  canonicalText,
  type PublicKey,
  type ReleaseKey,
  type VerifyHex,
} from '#core/updating/metadata.ts'
import { readWhole, writeWhole } from './durable-file.ts'

// Keys that sign metadata of releases: Ed25519, in a file of PEM, mode 0600.

/** Before 32 bytes of a public key, in DER. */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

const rawOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')

/** As metadata names it. */
const publicKeyOf = (key: KeyObject): PublicKey => ({
  keytype: 'ed25519',
  scheme: 'ed25519',
  keyval: { public: rawOf(key) },
})

/** The id that root knows a public key by. */
export const releaseKeyId = (key: PublicKey): string =>
  createHash('sha256').update(canonicalText(key)).digest('hex')

/** A private key and its public half. */
export type KeyOfRelease = ReleaseKey & { publicKey: PublicKey }

/** The key in a file; made where there is none. */
export function openReleaseKey(path: string): KeyOfRelease {
  const pem = readWhole(path)
  const key = pem === null ? newReleaseKey(path) : createPrivateKey(pem)
  const publicKey = publicKeyOf(key)
  return {
    id: releaseKeyId(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), key).toString('hex'),
  }
}

function newReleaseKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  // Root names it: whoever makes a root is brought this.
  writeWhole(`${path}.pub`, JSON.stringify(publicKeyOf(privateKey)))
  return privateKey
}

/** Ed25519 as the metadata writes it: hexadecimal key and signature. */
export const verifyHex: VerifyHex = (publicKey, text, signature) => {
  const der = Buffer.concat([PREFIX, Buffer.from(publicKey, 'hex')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'))
}
