import { createPublicKey } from 'node:crypto'
import { parseJson } from '#core/api/json.ts'
import { signedKeyChange } from '#core/api/key-changes.ts'
import { assert } from '#core/assert.ts'
import { type Followed, followKeys, type SignedKeyChange } from '#core/key-change.ts'
import { isSignedBy } from '#services/runtime/device-keys.ts'
import { keyCheck } from '#services/runtime/key-changes.ts'
import { keyIdOf } from '#services/runtime/operator-keys.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { keepKeyChanges, lockDevice } from './store/ingest.ts'

/** The keys of a device's row: that of its enrolment, PEM, and those that followed it. */
type KeyRow = { publicKey: string; keyChanges: string }

const list = signedKeyChange.array()

/** The keys of a device by the numbers of its documents, with what more is heard. */
export function keysOfDevice(
  device: string,
  { publicKey, keyChanges }: KeyRow,
  heard: readonly SignedKeyChange[] = [],
): Followed {
  const anchors = new Map([[keyIdOf(createPublicKey(publicKey)), publicKey]])
  // Nearly all devices have one key alone.
  const known = keyChanges === '[]' ? [] : list.parse(parseJson(keyChanges))
  const owner = `device ${device}` as const
  return followKeys(anchors, [...known, ...heard], { owner, check: keyCheck })
}

/** Whether a key that the device has not laid aside signed the text. */
export const isSignedByDevice = (
  device: string,
  row: KeyRow & { number: number },
  { text, signature }: { text: string; signature: string },
): boolean =>
  [...keysOfDevice(device, row).keys.values()].some(
    ({ publicKey, until }) =>
      (until === null || until > row.number) && isSignedBy(publicKey, text, signature),
  )

/**
 * What a device's announcements make of its keys; null: they do not follow from what is known. A
 * key that would begin where documents are stored already comes too late to seal them.
 */
export function announced(
  device: string,
  row: KeyRow & { number: number },
  changes: readonly SignedKeyChange[],
): { keyChanges: string; isNew: boolean; isWhole: boolean } | null {
  const known = keysOfDevice(device, row).changes
  const followed = keysOfDevice(device, row, changes)
  assert(followed.changes.length >= known.length, 'what was followed stays followed')
  const fresh = followed.changes.slice(known.length)
  const isLate = fresh.some(({ change }) => change.from <= row.number)
  if (followed.forks.length > 0 || isLate) return null
  return {
    keyChanges: JSON.stringify(followed.changes),
    isNew: fresh.length > 0,
    isWhole: followed.changes.at(-1)?.byNew === changes.at(-1)?.byNew,
  }
}

/** Follows what a device announces; false: not all of it follows from what is known. */
export async function followDeviceKeys(
  sql: Sql,
  device: string,
  changes: readonly SignedKeyChange[],
): Promise<boolean> {
  const followed = announced(device, await lockDevice(sql, device), changes)
  if (followed?.isNew) await keepKeyChanges(sql, device, followed.keyChanges)
  return followed?.isWhole ?? false
}
