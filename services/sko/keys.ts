import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sign } from '#core/document/document.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import { newDeviceKey } from '#services/runtime/device-keys.ts'
import { readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import {
  announcement,
  changesBeside,
  changesIn,
  keyCheck,
  marksOf,
  privateKeysIn,
  rereading,
} from '#services/runtime/key-changes.ts'

// So many documents are made by the former key yet, once the next one is announced: whoever is to
// believe it has heard of it long before.
const AHEAD = 20

/**
 * The virtual devices: a device is the file with its private key, `<serial>.pem`. Taking the file
 * away is pulling the device out, as a smart card is pulled out of its reader. A second key in it
 * follows the first (0049): it is announced beside it, and seals from the announced number on.
 */
export function openKeys(folder: string) {
  const opened = new Map<string, () => ReturnType<typeof read>>()
  const pathOf = (serial: string) => join(folder, `${serial}.pem`)
  const read = (path: string) => {
    const changes = changesIn(changesBeside(path))
    const keys = [...privateKeysIn(path)].map(([id, pem]) => [id, createPrivateKey(pem)] as const)
    return { changes, keys: new Map(keys), pems: [...privateKeysIn(path).values()] }
  }
  const device = (serial: string) => {
    const path = pathOf(serial)
    if (!existsSync(path)) return null
    const mark = marksOf([path, changesBeside(path)])
    const known = opened.get(serial) ?? rereading(mark, () => read(path))
    opened.set(serial, known)
    return known()
  }
  /** The key that seals the document of this number; the first one where none was announced. */
  const keyOf = (serial: string, number: number) => {
    const held = device(serial)
    const begun = held?.changes.findLast(({ change }) => change.from <= number)
    const id = begun && keyCheck.idOf(begun.change.publicKey)
    return (id ? held?.keys.get(id) : [...(held?.keys.values() ?? [])][0]) ?? null
  }
  return {
    /** The devices that are there, enrolled or not. */
    serials: (): string[] =>
      existsSync(folder)
        ? readdirSync(folder).flatMap((name) => /^(.{1,20})\.pem$/.exec(name)?.[1] ?? [])
        : [],
    /** PEM; null while the device is pulled out. */
    privateKey: (serial: string): string | null =>
      existsSync(pathOf(serial)) ? readFileSync(pathOf(serial), 'utf8') : null,
    present: (serial: string) => existsSync(pathOf(serial)),
    /** Seals the document of this number; null while the device is pulled out. */
    signer: (serial: string, number = 0): Sign | null => {
      const key = keyOf(serial, number)
      return key && ((text) => sign(null, Buffer.from(text), key).toString('base64'))
    },
    /** The public key, DER in base64: what a certificate of this suite comes down to. */
    certificate: (serial: string, number = 0): string => {
      const key = keyOf(serial, number)
      if (!key) return ''
      return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
    },
    /** Which keys have followed the device's first, the oldest first. */
    changes: (serial: string): SignedKeyChange[] => device(serial)?.changes ?? [],
    /** Announces a key that was laid beside the device's own, whose last document has `number`. */
    announce: (serial: string, number: number): SignedKeyChange | null => {
      const held = device(serial)
      if (!held) return null
      const { changes, pems } = held
      const former = pems[changes.length]
      const next = pems[changes.length + 1]
      if (former === undefined || next === undefined) return null
      // A device that was put back is behind what it announced before.
      const from = Math.max(number + 1 + AHEAD, changes.at(-1)?.change.from ?? 0)
      const signed = announcement({ owner: `device ${serial}`, from, until: from }, former, next)
      const path = changesBeside(pathOf(serial))
      writeWhole(path, `${JSON.stringify([...changes, signed])}\n`)
      return signed
    },
  }
}

/** Lays a new key beside a device's own; false: one lies there that is not announced yet. */
export function layNextKey(path: string, write = writeWhole): boolean {
  const text = readWhole(path)
  if (text === null) throw new Error(`${path}: the device is pulled out, or there is none`)
  if (privateKeysIn(path).size > changesIn(changesBeside(path)).length + 1) return false
  write(path, `${text.trimEnd()}\n${newDeviceKey()}`)
  return true
}

type Opened = ReturnType<typeof openKeys>
/** What work with a device needs of it; without `changes` it has its first key for ever. */
export type Keys = Pick<Opened, 'present' | 'signer' | 'certificate'> &
  Partial<Pick<Opened, 'changes' | 'announce'>>
/** What connecting it needs: its key itself. */
export type KeyFiles = Pick<Opened, 'serials' | 'privateKey'>
