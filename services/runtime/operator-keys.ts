import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { statSync } from 'node:fs'
import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import { newDeviceKey } from './device-keys.ts'
import { readWhole, writeWhole } from './durable-file.ts'

// The key that the operator signs with, and those that its devices and registers believe. Keys go
// by an id, so that a new one is believed before the old one is laid aside.

/** The first 16 hex digits of SHA-256 over the public half's DER. */
export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

/** The operator's key of a private one. */
export const operatorKeyOf = (key: KeyObject): OperatorKey => {
  const id = keyIdOf(createPublicKey(key))
  return (text) => ({
    key: id,
    signature: sign(null, Buffer.from(text), key).toString('base64'),
  })
}

/** Where the public half of a signing key is laid, for those who are enrolled. */
export const publicHalfOf = (path: string): string => `${path}.pub`

/** Where they are found in a data folder that operator and shop share, as those of a stand do. */
export const OPERATOR_KEY = 'operator-key.pem'
export const OPERATOR_KEYS = publicHalfOf(OPERATOR_KEY)
/** The office signs leases likewise, by a key of its own. */
export const OFFICE_KEY = 'office-key.pem'
export const OFFICE_KEYS = publicHalfOf(OFFICE_KEY)
/** Where they are kept, in a process's own folder, by whoever was told them at its enrolment. */
export const ENROLLED_KEYS = 'operator-keys.pem'
export const TOLD_OFFICE_KEYS = 'office-keys.pem'

/** The signing key in a file; made, with its public half beside it, where there is none. */
export function openOperatorKey(path: string): OperatorKey {
  const pem = readWhole(path) ?? newKey(path)
  const key = createPrivateKey(pem)
  const publicPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const known = readWhole(publicHalfOf(path))
  // What was added there by hand, a key to come or one that was, stays.
  if (!known?.includes(publicPem)) writeWhole(publicHalfOf(path), `${known ?? ''}${publicPem}`)
  return operatorKeyOf(key)
}

function newKey(path: string): string {
  const pem = newDeviceKey()
  writeWhole(path, pem)
  return pem
}

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g

/** Public keys of a text, in PEM, by their ids. Throws where one is no key. */
export const keysIn = (text: string): Map<string, KeyObject> =>
  new Map(
    (text.match(PEM) ?? []).map((pem) => {
      const key = createPublicKey(pem)
      return [keyIdOf(key), key] as const
    }),
  )

const check = (key: KeyObject | undefined, text: string, signature: string): boolean =>
  key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))

/** Believes the public keys of a text, in PEM, whatever stands between them. */
export function believing(text: string): VerifyBy {
  const keys = keysIn(text)
  return (id, said, signature) => check(keys.get(id), said, signature)
}

/**
 * Believes the public keys of a file. It is read again when it has changed, so that a key is added
 * or taken away while nobody stops; a file that is not there, or is none, believes nobody.
 */
export function believingFile(path: string): VerifyBy {
  let read = { mark: '', keys: new Map<string, KeyObject>() }
  const present = (): Map<string, KeyObject> => {
    const mark = fileMark(path)
    if (mark !== read.mark) read = { mark, keys: mark === '' ? new Map() : readKeys(path) }
    return read.keys
  }
  return (id, said, signature) => check(present().get(id), said, signature)
}

/** Another one whenever the file is written anew; empty: it is not there. */
export function fileMark(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : ''
}

function readKeys(path: string): Map<string, KeyObject> {
  try {
    return keysIn(readWhole(path) ?? '')
  } catch {
    return new Map()
  }
}
