import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Sign } from '#core/document/document.ts'
import type { KeyOwner, SignedKeyChange } from '#core/key-change.ts'
import type { OperatorKey, VerifyBy } from '#core/operator/statement.ts'
import { isSignedBy } from '#services/runtime/device-keys.ts'
import { announcement } from '#services/runtime/key-changes.ts'
import { keyIdOf, operatorKeyOf } from '#services/runtime/operator-keys.ts'
import { believesOperator, operatorKey, operatorPrivateKey } from './enrolment.ts'

// Signing keys in memory, which give way to each other as those in files do (0049).

/** What an operator signs with, and what it tells of that. */
export type OperatorKeys = {
  /** Signs by that which is at work now. */
  key: OperatorKey
  changes: () => SignedKeyChange[]
  /** Believes all that it ever had. */
  verify: VerifyBy
}

/** It never has another. */
export const firstKeyAlone: OperatorKeys = {
  key: operatorKey,
  changes: () => [],
  verify: believesOperator,
}

/** The keys of a shop's operator; `change` announces the next one. */
export function openOperatorKeys(now: () => number) {
  const line = openLine('operator', operatorPrivateKey)
  return {
    key: (text: string) => line.at(now())(text),
    changes: line.changes,
    verify: line.verify,
    /** False: the one before has not begun yet. */
    change: (next: KeyObject, { leadMs, overlapMs }: { leadMs: number; overlapMs: number }) => {
      const from = now() + leadMs
      const isFree = (line.last()?.change.from ?? 0) <= now()
      if (isFree) line.follow(next, { from, until: from + overlapMs })
      return isFree
    },
  }
}

export type DeviceKeyLine = ReturnType<typeof openDeviceKeyLine>

/** The keys of a device, by the numbers of its documents. */
export function openDeviceKeyLine(serial: string, first: KeyObject) {
  const line = openLine(`device ${serial}`, first)
  let laid: { next: KeyObject; ahead: number } | null = null
  return {
    signer:
      (number: number): Sign =>
      (text) =>
        line.at(number)(text).signature,
    changes: line.changes,
    /** Lays a key beside it, to be announced for so many documents ahead. */
    lay: (next: KeyObject, ahead: number): void => {
      laid ??= { next, ahead }
    },
    /** Announces what was laid beside it, after the document of this number. */
    announce: (number: number): SignedKeyChange | null => {
      if (laid === null) return null
      const from = Math.max(number + 1 + laid.ahead, line.last()?.change.from ?? 0)
      const signed = line.follow(laid.next, { from, until: from })
      laid = null
      return signed
    },
  }
}

function openLine(owner: KeyOwner, first: KeyObject) {
  const held = [heldOf(first)] as [Held, ...Held[]]
  const changes: SignedKeyChange[] = []
  return {
    /** The key at this moment, or of this number. */
    at: (place: number): OperatorKey => {
      const begun = changes.filter(({ change }) => change.from <= place).length
      return (held[begun] ?? held[0]).key
    },
    changes: (): SignedKeyChange[] => [...changes],
    last: () => changes.at(-1),
    verify: (id: string, text: string, signature: string): boolean =>
      held.some((each) => each.id === id && isSignedBy(each.publicPem, text, signature)),
    follow: (next: KeyObject, when: { from: number; until: number }): SignedKeyChange => {
      const former = held.at(-1) ?? held[0]
      const then = heldOf(next)
      const signed = announcement(Object.assign({ owner }, when), former.pem, then.pem)
      held.push(then)
      changes.push(signed)
      return signed
    },
  }
}

type Held = { id: string; key: OperatorKey; pem: string; publicPem: string }

const heldOf = (key: KeyObject): Held => ({
  id: keyIdOf(createPublicKey(key)),
  key: operatorKeyOf(key),
  pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicPem: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
})
