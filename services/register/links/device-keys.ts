import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { parseJson } from '#core/api/json.ts'
import { signedKeyChange } from '#core/api/key-changes.ts'
import { followKeys, keyOfDocument, type SignedKeyChange } from '#core/key-change.ts'
import type { DeviceIdentity } from '#core/register/replacement.ts'
import { readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import { keyCheck } from '#services/runtime/key-changes.ts'
import type { Log } from '#services/runtime/log.ts'
import { keyIdOf } from '#services/runtime/operator-keys.ts'
import type { KeyAt } from './seal.ts'

const list = signedKeyChange.array()

export type OwnDeviceKeys = {
  keyAt: KeyAt
  /** Keeps what follows from what the device tells. */
  heard: (changes: readonly SignedKeyChange[]) => void
}

/**
 * The keys of a till's device: that of its enrolment, and those that the device has announced in
 * its place (0049). They are kept in `folder`; null: for this life alone, the device tells again.
 */
export function openDeviceKeys(
  { serial, publicKey }: DeviceIdentity,
  { folder, log }: { folder: string | null; log: Log },
): OwnDeviceKeys {
  const file = folder === null ? null : join(folder, `device-${serial}-keys.changes`)
  const anchors = new Map([[keyIdOf(createPublicKey(publicKey)), publicKey]])
  const follow = (changes: readonly SignedKeyChange[]) =>
    followKeys(anchors, changes, { owner: `device ${serial}`, check: keyCheck })
  // Damaged, it is none: the device tells again.
  const kept = file === null ? null : list.safeParse(parseJson(readWhole(file) ?? ''))
  let followed = follow(kept?.success ? kept.data : [])
  let told = ''
  return {
    keyAt: (number) => keyOfDocument(followed.keys, number),
    heard: (changes) => {
      const text = JSON.stringify(changes)
      if (changes.length === 0 || text === told) return
      told = text
      const next = follow([...followed.changes, ...changes])
      if (next.forks.length > 0) log.error('two keys in place of one', { serial })
      if (next.changes.length === followed.changes.length) return
      if (file !== null) writeWhole(file, `${JSON.stringify(next.changes)}\n`)
      followed = next
      log.info('keys changed', { serial, keys: next.keys.size })
    },
  }
}
