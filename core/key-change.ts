// How a signing key gives way to another while nobody stops (0049): the former one signs who comes
// after it, and whoever believed the former believes the new one from then on.

/**
 * Whose keys are changed: what an announcement says of one is worth nothing for another. A device
 * is named by its serial number.
 */
export type KeyOwner = 'operator' | 'office' | `device ${string}`

/**
 * A new key in place of a former one. `from` and `until` are moments; of a device they are numbers
 * of documents, so that each document has one key for ever.
 */
export type KeyChange = {
  owner: KeyOwner
  /** Id of the key that gives way. */
  former: string
  /** The public half of the new one, PEM. */
  publicKey: string
  /** From here on the owner signs with the new key. */
  from: number
  /** From here on the former key counts for nothing. */
  until: number
}

/** The keys of a device, as its chain of documents has them. */
export type DeviceKeys = ReadonlyMap<string, BelievedKey>

/** The key that seals a device's document of this number, PEM; null: none is known. */
export function keyOfDocument(keys: DeviceKeys, number: number): string | null {
  for (const { publicKey, from, until } of keys.values()) {
    if ((from === null || number >= from) && (until === null || number < until)) return publicKey
  }
  return null
}

/** Signed by the key that gives way, and by the new one, which nobody names without holding it. */
export type SignedKeyChange = { change: KeyChange; byFormer: string; byNew: string }

/** No other signature of anybody's is over a text that begins like this. */
const DOMAIN = 'zpos-key-1'

/** The bytes that both keys sign. */
export const keyChangeText = ({ owner, former, publicKey, from, until }: KeyChange): string =>
  JSON.stringify([DOMAIN, owner, former, publicKey, from, until])

/** A key that is believed, PEM, and where it begins and ends; null: it is not bounded there. */
export type BelievedKey = { publicKey: string; from: number | null; until: number | null }

/** `idOf`: null for what is no key. */
export type KeyCheck = {
  idOf: (publicKey: string) => string | null
  isSignedBy: (publicKey: string, text: string, signature: string) => boolean
}

export type Followed = {
  keys: Map<string, BelievedKey>
  /** What was followed, in its order. */
  changes: SignedKeyChange[]
  /** A second one in place of the same key: somebody has it who should not. */
  forks: SignedKeyChange[]
}

/**
 * Follows announcements from the keys that were known at the enrolment. Only the newest key of a
 * line may name another: an old announcement that is shown again changes nothing, and a former key
 * in strange hands names nobody any more. What is known comes first in `changes`, what is heard
 * behind it.
 */
export function followKeys(
  anchors: ReadonlyMap<string, string>,
  changes: readonly SignedKeyChange[],
  { owner, check }: { owner: KeyOwner; check: KeyCheck },
): Followed {
  const keys = new Map<string, BelievedKey>()
  for (const [id, publicKey] of anchors) keys.set(id, { publicKey, from: null, until: null })
  const followed: Followed = { keys, changes: [], forks: [] }
  for (const signed of changes) {
    const { former, publicKey, from, until } = signed.change
    const id = check.idOf(publicKey)
    const before = keys.get(former)
    if (id === null || !before || !isTrue(signed, before, { owner, check })) continue
    if (before.until !== null) {
      const isKnown = followed.changes.some(({ change }) => check.idOf(change.publicKey) === id)
      if (!isKnown) followed.forks.push(signed)
      continue
    }
    // It would begin before the one that it follows.
    if (before.from !== null && from < before.from) continue
    const again = keys.get(id)
    if (id === former || (again && again.until !== null)) continue
    keys.set(former, { publicKey: before.publicKey, from: before.from, until })
    keys.set(id, { publicKey, from: again ? null : from, until: null })
    followed.changes.push(signed)
  }
  return followed
}

function isTrue(
  { change, byFormer, byNew }: SignedKeyChange,
  { publicKey }: BelievedKey,
  { owner, check }: { owner: KeyOwner; check: KeyCheck },
): boolean {
  const text = keyChangeText(change)
  return (
    change.owner === owner &&
    change.from <= change.until &&
    check.isSignedBy(publicKey, text, byFormer) &&
    check.isSignedBy(change.publicKey, text, byNew)
  )
}
