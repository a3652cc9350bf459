import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sign } from '#core/document/document.ts'

/**
 * The virtual devices: a device is the file with its private key, `<serial>.pem`. Taking the file
 * away is pulling the device out, as a smart card is pulled out of its reader.
 */
export function openKeys(folder: string) {
  const keys = new Map<string, KeyObject>()
  const pathOf = (serial: string) => join(folder, `${serial}.pem`)
  const keyOf = (serial: string): KeyObject | null => {
    if (!existsSync(pathOf(serial))) return null
    const known = keys.get(serial)
    if (known) return known
    const key = createPrivateKey(readFileSync(pathOf(serial)))
    keys.set(serial, key)
    return key
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
    signer: (serial: string): Sign | null => {
      const key = keyOf(serial)
      return key && ((text) => sign(null, Buffer.from(text), key).toString('base64'))
    },
    /** The public key, DER in base64: what a certificate of this suite comes down to. */
    certificate: (serial: string): string => {
      const key = keyOf(serial)
      if (!key) return ''
      return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
    },
  }
}

type Opened = ReturnType<typeof openKeys>
/** What work with a device needs of it. */
export type Keys = Pick<Opened, 'present' | 'signer' | 'certificate'>
/** What connecting it needs: its key itself. */
export type KeyFiles = Pick<Opened, 'serials' | 'privateKey'>
