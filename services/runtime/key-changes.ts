import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { client, type Send } from '#core/api/client.ts'
import { keyChanges, MOST_KEY_CHANGES, signedKeyChange } from '#core/api/key-changes.ts'
import {
  type Followed,
  followKeys,
  type KeyChange,
  type KeyCheck,
  type KeyOwner,
  keyChangeText,
  type SignedKeyChange,
} from '#core/key-change.ts'
import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { type Clock, type Repeat, repeat } from './clock.ts'
import { isSignedBy, newDeviceKey, publicHalf, readPublicKey, signText } from './device-keys.ts'
import { readWhole, writeWhole } from './durable-file.ts'
import type { Log } from './log.ts'
import {
  fileMark,
  keyIdOf,
  keysIn,
  openOperatorKey,
  operatorKeyOf,
  publicHalfOf,
} from './operator-keys.ts'

// Announcements of keys on disk (0049): what their owner says beside its key, and what those who
// believe it have followed.

/** How keys are known and checked here. */
export const keyCheck: KeyCheck = {
  idOf: (publicKey) => {
    const pem = readPublicKey(publicKey, 'ed25519')
    return pem === null ? null : keyIdOf(createPublicKey(pem))
  },
  isSignedBy,
}

/** Where an owner's announcements lie, beside its key. */
export const changesBeside = (path: string): string => `${path}.changes`

const list = z.array(signedKeyChange).max(MOST_KEY_CHANGES)

/** Throws where the file is damaged: without it nobody knows which key is at work. */
export const changesIn = (file: string): SignedKeyChange[] => {
  const text = readWhole(file)
  return text === null ? [] : list.parse(JSON.parse(text))
}

const PRIVATE = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g
const idOfPrivate = (pem: string): string => keyIdOf(createPublicKey(createPrivateKey(pem)))

/** Private keys of a file by their ids, the oldest first. */
export const privateKeysIn = (path: string): Map<string, string> =>
  new Map((readWhole(path)?.match(PRIVATE) ?? []).map((pem) => [idOfPrivate(pem), pem]))

/** Public keys of a file, PEM, by their ids. */
const publicKeysIn = (path: string): Map<string, string> => {
  const keys = keysIn(readWhole(path) ?? '')
  const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
  return new Map([...keys].map(([id, key]) => [id, pem(key)]))
}

/**
 * The signing key in a file, made where there is none, and what is told of those that follow it.
 * Files are read again when they change: a key is changed while the process is at work.
 */
export function openKeyring(path: string, { owner, now }: { owner: KeyOwner; now: () => number }) {
  openOperatorKey(path)
  const read = () => {
    const changes = changesIn(changesBeside(path))
    const keys = [...privateKeysIn(path)]
    const own = keys.map(([id, pem]) => [id, operatorKeyOf(createPrivateKey(pem))] as const)
    const anchors = publicKeysIn(publicHalfOf(path))
    const { keys: believed } = followKeys(anchors, changes, { owner, check: keyCheck })
    return { changes, own: new Map(own), believed }
  }
  const present = rereading(marksOf([path, publicHalfOf(path), changesBeside(path)]), read)
  const signing = (): OperatorKey => {
    const { changes, own } = present()
    const begun = changes.filter(({ change }) => change.from <= now())
    const ids = begun.map(({ change }) => keyCheck.idOf(change.publicKey) ?? '')
    const id = ids.findLast((each) => own.has(each)) ?? [...own.keys()][0] ?? ''
    const key = own.get(id)
    if (!key) throw new Error(`${path} holds no private key`)
    return key
  }
  signing()
  const key: OperatorKey = (text) => signing()(text)
  return {
    /** Signs by the key that is at work at that moment. */
    key,
    /** The keys that count now, PEM, for whoever is enrolled. */
    publicKeys: (): string =>
      [...present().believed.values()]
        .filter(({ until }) => until === null || now() < until)
        .map(({ publicKey }) => publicKey)
        .join(''),
    changes: (): SignedKeyChange[] => present().changes,
  }
}

/** Another one whenever one of the files is written anew. */
export const marksOf =
  (paths: readonly string[]): (() => string) =>
  () =>
    paths.map(fileMark).join(' ')

/** Reads anew when the mark of what is read is another. */
export function rereading<T>(markNow: () => string, read: () => T): () => T {
  let seen = markNow()
  let value = read()
  return () => {
    const mark = markNow()
    if (mark === seen) return value
    value = read()
    seen = mark
    return value
  }
}

type ChangeOfKey = {
  owner: KeyOwner
  now: number
  /** How long until the owner signs with the new key, and how long the former counts after that. */
  leadMs: number
  overlapMs: number
  write?: typeof writeWhole
}

/**
 * Gives the signing key in a file a successor and announces it; null: the one before has not begun
 * yet. Killed at any step it is done again and goes on with the key that was made.
 */
export function changeKey(
  path: string,
  { owner, now, leadMs, overlapMs, write = writeWhole }: ChangeOfKey,
): KeyChange | null {
  openOperatorKey(path)
  const changes = changesIn(changesBeside(path))
  if (changes.some(({ change }) => change.from > now)) return null
  const own = privateKeysIn(path)
  const gone = changes
    .filter(({ change }) => change.until <= now)
    .map(({ change }) => change.former)
  const announced = changes.map(({ change }) => keyCheck.idOf(change.publicKey) ?? '')
  const former = announced.at(-1) ?? [...own.keys()][0] ?? ''
  const formerPem = own.get(former)
  if (formerPem === undefined) throw new Error(`${path} lacks the key ${former}, which is at work`)
  const begun = new Set([former, ...changes.map(({ change }) => change.former)])
  const made = [...own].find(([id]) => !begun.has(id))?.[1]
  const next = made ?? newDeviceKey()
  if (made === undefined) {
    const kept = [...own].filter(([id]) => !gone.includes(id)).map(([, pem]) => pem)
    write(path, `${[...kept, next.trim()].join('\n')}\n`)
  }
  const publicKey = publicHalf(next)
  const known = readWhole(publicHalfOf(path)) ?? ''
  // What it says was said by all of these; who is enrolled is told those that still count.
  if (!known.includes(publicKey)) write(publicHalfOf(path), `${known}${publicKey}`)
  const from = now + leadMs
  const signed = announcement({ owner, from, until: from + overlapMs }, formerPem, next)
  write(changesBeside(path), `${JSON.stringify([...changes, signed])}\n`)
  return signed.change
}

/** A new key in place of a former one, signed by both; private keys, PEM. */
export function announcement(
  { owner, from, until }: Pick<KeyChange, 'owner' | 'from' | 'until'>,
  former: string,
  next: string,
): SignedKeyChange {
  const publicKey = publicHalf(next)
  const change = { owner, former: idOfPrivate(former), publicKey, from, until }
  const text = keyChangeText(change)
  return { change, byFormer: signText(former, text), byNew: signText(next, text) }
}

/** Keys of an enrolment, PEM, and what was announced in their place, as they outlive a process. */
export type KeptKeys = {
  /** Another one whenever any of them is another. */
  mark: () => string
  anchors: () => ReadonlyMap<string, string>
  changes: () => SignedKeyChange[]
  keep: (changes: readonly SignedKeyChange[]) => void
}

/** Those of the first of `anchors` that is there; what is followed lies in `file`. */
export const keysInFiles = (anchors: readonly string[], file: string): KeptKeys =>
  keysInFile(() => anchored(anchors), { file, besides: anchors })

/** What is followed lies in `file`; `besides`: the files that the anchors are read from. */
export const keysInFile = (
  anchors: KeptKeys['anchors'],
  { file, besides = [] }: { file: string; besides?: readonly string[] },
): KeptKeys => ({
  mark: marksOf([...besides, file]),
  anchors,
  // Nothing that was followed is taken from a damaged file: it is asked for again.
  changes: () => {
    try {
      return changesIn(file)
    } catch {
      return []
    }
  },
  keep: (changes) => writeWhole(file, `${JSON.stringify(changes)}\n`),
})

/** For as long as whoever has it. */
export function keysInMemory(anchors: ReadonlyMap<string, string>): KeptKeys {
  let kept: readonly SignedKeyChange[] = []
  return {
    mark: () => String(kept.length),
    anchors: () => anchors,
    changes: () => [...kept],
    keep: (changes) => {
      kept = changes
    },
  }
}

/** Follows what an owner announces, and keeps it. */
export function openFollowing(kept: KeptKeys, { owner, log }: { owner: KeyOwner; log: Log }) {
  const follow = (changes: readonly SignedKeyChange[]): Followed =>
    followKeys(kept.anchors(), changes, { owner, check: keyCheck })
  const present = rereading(kept.mark, () => follow(kept.changes()))
  const told = new Set<string>()
  return {
    present,
    heard: (changes: readonly SignedKeyChange[]): void => {
      const known = present().changes
      const followed = follow([...known, ...changes])
      for (const { change } of followed.forks) {
        if (!told.has(change.publicKey)) log.error('two keys in place of one', { owner })
        told.add(change.publicKey)
      }
      if (followed.changes.length === known.length) return
      kept.keep(followed.changes)
      log.info('keys changed', { owner, keys: followed.keys.size })
    },
  }
}

export type FollowedKeys = ReturnType<typeof openFollowedKeys>

/**
 * Believes an owner by the keys that count now; one that has given way counts until its end.
 * `strange` hears that a key was named which is not known.
 */
export function openFollowedKeys(
  kept: KeptKeys,
  {
    owner,
    now,
    log,
    strange,
  }: { owner: KeyOwner; now: () => number; log: Log; strange: () => void },
) {
  const { present, heard } = openFollowing(kept, { owner, log })
  let isWanted = false
  const verify: VerifyBy = (id, said, signature) => {
    const key = present().keys.get(id)
    if (!key) {
      isWanted = true
      strange()
      return false
    }
    return (key.until === null || now() < key.until) && isSignedBy(key.publicKey, said, signature)
  }
  return {
    verify,
    /** Somebody has named a key that is not known: it may have been announced meanwhile. */
    isWanted: (): boolean => isWanted,
    /** Keeps what follows from an answer. */
    heard: (changes: readonly SignedKeyChange[]): void => {
      isWanted = false
      heard(changes)
    },
  }
}

function anchored(paths: readonly string[]): Map<string, string> {
  const path = paths.find((each) => fileMark(each) !== '')
  try {
    return path === undefined ? new Map() : publicKeysIn(path)
  } catch {
    return new Map()
  }
}

const ASK_EVERY_MS = 10 * MINUTE
const ASK_AGAIN_MS = 30 * SECOND
const ASK_SOON_MS = 2 * SECOND

/** Asks an owner for its announcements: at the start, now and then, and when it is wanted. */
export function openKeyWatch(
  { isWanted, heard }: Pick<FollowedKeys, 'isWanted' | 'heard'>,
  { send, elapsed }: { send: Send; elapsed: () => number },
) {
  const owner = client({ keyChanges }, send)
  let askedAt: number | null = null
  let isHeard = false
  const restMs = () => {
    const usualMs = isHeard ? ASK_EVERY_MS : ASK_AGAIN_MS
    const waitMs = isWanted() ? ASK_SOON_MS : usualMs
    return askedAt === null ? 0 : waitMs - (elapsed() - askedAt)
  }
  return {
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const earlyMs = restMs()
      if (earlyMs > 0) return earlyMs
      askedAt = elapsed()
      const answer = await owner.keyChanges({})
      isHeard = answer.kind === 'done'
      if (answer.kind === 'done') heard(answer.value.changes)
      return restMs()
    },
  }
}

type Believing = {
  send: Send
  clock: Clock
  log: Log
  /** What drives the asking. */
  loop?: Repeat
}

/** Believes an owner by kept keys and those that follow them, and asks for more until stopped. */
export function openBelief(
  owner: 'operator' | 'office',
  kept: KeptKeys,
  { send, clock, log, loop = repeat }: Believing,
) {
  const { now, elapsed } = clock
  const strange = () => watch.wake()
  const keys = openFollowedKeys(kept, { owner, now, log, strange })
  const { step } = openKeyWatch(keys, { send, elapsed })
  const watch = loop(step, (error) => log.error('keys', { owner, error: String(error) }))
  return { verify: keys.verify, stop: watch.stop }
}
