import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { keyOfDocument, type SignedKeyChange } from '#core/key-change.ts'
import type { DeviceIdentity } from '#core/register/replacement.ts'
import { type KeptKeys, keysInFile, openFollowing } from '#services/runtime/key-changes.ts'
import type { Log } from '#services/runtime/log.ts'
import { keyIdOf } from '#services/runtime/operator-keys.ts'
import type { KeyAt } from './seal.ts'

export type OwnDeviceKeys = {
  keyAt: KeyAt
  /** Keeps what follows from what the device tells. */
  heard: (changes: readonly SignedKeyChange[]) => void
}

/** Where the keys of a device are kept that followed the one of its enrolment. */
export type KeptDeviceKeys = (serial: string, anchors: ReadonlyMap<string, string>) => KeptKeys

export const deviceKeysIn =
  (folder: string): KeptDeviceKeys =>
  (serial, anchors) =>
    keysInFile(() => anchors, { file: join(folder, `device-${serial}-keys.changes`) })

/**
 * The keys of a till's device: that of its enrolment, and those that the device has announced in
 * its place (0049).
 */
export function openDeviceKeys(
  { serial, publicKey }: DeviceIdentity,
  { kept, log }: { kept: KeptDeviceKeys; log: Log },
): OwnDeviceKeys {
  const first = new Map([[keyIdOf(createPublicKey(publicKey)), publicKey]])
  const { present, heard } = openFollowing(kept(serial, first), { owner: `device ${serial}`, log })
  let told = ''
  return {
    keyAt: (number) => keyOfDocument(present().keys, number),
    heard: (changes) => {
      // It tells them with every answer.
      const text = JSON.stringify(changes)
      if (changes.length === 0 || text === told) return
      told = text
      heard(changes)
    },
  }
}
