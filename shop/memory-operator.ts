import type { Hono } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import { GENESIS, isSealed, type Sealed, type Verify } from '#core/document/document.ts'
import { keyOfDocument } from '#core/key-change.ts'
import { isFreshQuestion, questionText, type RedReceipts } from '#core/operator/asking.ts'
import { type DocumentMark, type Head, ingest, type Submitted } from '#core/operator/ingest.ts'
import { isOver, type Measure, measureInForce } from '#core/operator/measure.ts'
import { outcomeOf } from '#core/operator/outcome.ts'
import { reportText } from '#core/operator/report.ts'
import type { StaffWord } from '#core/operator/staff-word.ts'
import { acknowledge, attest, isAttested, type SignedHead } from '#core/operator/statement.ts'
import { readBody } from '#services/operator/body.ts'
import { announced, isSignedByDevice, keysOfDevice } from '#services/operator/device-keys.ts'
import { isSignedBy } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { servePublic } from '#services/runtime/serve.ts'
import { firstKeyAlone, type OperatorKeys } from './memory-keys.ts'
import type { Row } from './process.ts'
import type { Served } from './wire.ts'

export type Enrolled = {
  serial: string
  registerNumber: number
  /** Of the client whose register it is. */
  unp: string
  publicKey: string
  /** Public half of the till's own key; left out: it is not known. */
  tillKey?: string
}

type Shelf = {
  registerNumber: number
  unp: string
  head: Head
  /** By number, from 1. */
  documents: Submitted[]
  byOperation: Map<string, Sealed>
  /** Evidence of a fork, as services/operator/store/ingest.ts keeps it. */
  quarantine: Submitted[]
  /** By number: what is odd about a document that is stored all the same. */
  marks: Map<number, DocumentMark[]>
  /** Own acknowledgements of more than was held. */
  forgotten: SignedHead[]
  /** What its people have laid on the register. */
  measures: Measure[]
  /** By operation: the last word of its people about it (C2b). */
  words: Map<string, StaffWord>
  /** Its chain is sealed; `retiredAt`: since when. */
  retired: boolean
  retiredAt: number
  /** PEM; what followed it, as the real one keeps it. */
  publicKey: string
  keyChanges: string
  /** The register's till, by its key, and what it told last; null: its key is not known here. */
  till: { publicKey: string; told: (RedReceipts & { at: number }) | null } | null
}

/** What the operator keeps over its deaths, by the serial number of the device. */
export type Shelves = Map<string, Shelf>

export function openShelves(devices: readonly Enrolled[]): Shelves {
  const shelves: Shelves = new Map()
  for (const { serial, registerNumber, unp, publicKey, tillKey } of devices) {
    shelves.set(serial, {
      registerNumber,
      unp,
      head: { number: 0, hash: GENESIS },
      documents: [],
      byOperation: new Map(),
      quarantine: [],
      marks: new Map(),
      forgotten: [],
      measures: [],
      words: new Map(),
      retired: false,
      retiredAt: 0,
      publicKey,
      keyChanges: '[]',
      till: tillKey === undefined ? null : { publicKey: tillKey, told: null },
    })
  }
  return shelves
}

/** What the operator's people do about a broken device: its chain is sealed, another takes over. */
export function replaceAt(
  shelves: Shelves,
  former: string,
  { successor, now }: { successor: Enrolled; now: number },
): void {
  const shelf = shelves.get(former)
  if (shelf && !shelf.retired) Object.assign(shelf, { retired: true, retiredAt: now })
  for (const [serial, fresh] of openShelves([successor])) shelves.set(serial, fresh)
}

/** A copy of what an operator keeps, as a backup of its database would be. */
export const copyOfShelves = (shelves: Shelves): Shelves =>
  new Map(
    [...shelves].map(([serial, shelf]) => {
      const { documents, byOperation, quarantine, marks, forgotten, words } = shelf
      const copied = {
        documents: [...documents],
        byOperation: new Map(byOperation),
        quarantine: [...quarantine],
        marks: new Map(marks),
        forgotten: [...forgotten],
        words: new Map(words),
        till: shelf.till && Object.assign({}, shelf.till),
      }
      return [serial, Object.assign({}, shelf, copied)]
    }),
  )

/**
 * The operator in memory: real contract, decisions and reading of bodies, with a Map in place of
 * PostgreSQL. `memory-operator.test.ts` holds it equal to the real one, which checks signatures on
 * threads of its own: how long they take no seed decides, and a run would not replay.
 */
export const operatorOver = (
  shelves: Shelves,
  now: () => number,
  signing: OperatorKeys = firstKeyAlone,
): { app: Hono } => ({
  app: servePublic(operatorApi, handlers(shelves, { now, signing }), { log: silentLog }),
})

/** The operator in memory as a process of a shop. Its keys are in no database of its own. */
export const memoryOperator = (
  now: () => number,
  device: Enrolled,
  signing?: OperatorKeys,
): Row<Shelves, Served> => ({
  disk: openShelves([device]),
  start: (_, shelves) => operatorOver(shelves, now, signing),
})

const unknownDevice = refused('device.unknown')

type Operating = { now: () => number; signing: OperatorKeys }

function handlers(
  shelves: Shelves,
  { now, signing }: Operating,
): Handlers<typeof operatorApi, null> {
  const acknowledged = (device: string, { head }: Shelf, nonce?: string) => {
    const proof = acknowledge({ device, ...head }, { key: signing.key, at: now(), nonce })
    return done({ acknowledged: head.number, proof })
  }
  const laidOn = (shelf: Shelf, { device, nonce }: { device: string; nonce: string }) => {
    const at = now()
    const measures = shelf.measures.filter((measure) => !isOver(measure, at))
    const about = { device, registerNumber: shelf.registerNumber, measures }
    return attest({ says: 'measures', ...about, at, nonce }, signing.key)
  }
  return {
    keyChanges: async () => done({ changes: signing.changes() }),
    submit: async ({ device, documents, held }) => {
      const shelf = shelves.get(device)
      if (!shelf) return unknownDevice
      const block = measureInForce(shelf.measures, 'block', now())
      if (block) return refused('register.blocked', { said: block.reason })
      if (shelf.retired && documents.some(({ number }) => number > shelf.head.number)) {
        keepLate(shelf, device, documents)
        return refused('device.retired', { device, number: shelf.head.number })
      }
      if (held && isAttested(held, signing.verify)) noteForgotten(shelf, device, held)
      const { refused: first } = take(shelf, { device, batch: documents, now: now() })
      if (!first) return acknowledged(device, shelf)
      return refused(first.code, { number: first.sealed.number })
    },
    head: async ({ device, nonce }) => {
      const shelf = shelves.get(device)
      return shelf ? acknowledged(device, shelf, nonce) : unknownDevice
    },
    followKeys: async ({ device, changes }) => {
      const shelf = shelves.get(device)
      if (!shelf) return unknownDevice
      const followed = announced(device, rowOf(shelf), changes)
      if (followed) shelf.keyChanges = followed.keyChanges
      return followed?.isWhole ? done({}) : refused('seal.broken')
    },
    report: async ({ signature, ...report }) => {
      const shelf = shelves.get(report.device)
      if (!shelf) return unknownDevice
      const said = { text: reportText(report), signature }
      return isSignedByDevice(report.device, rowOf(shelf), said) ? done({}) : refused('seal.broken')
    },
    outcome: async (asked) => {
      const shelf = shelves.get(asked.device)
      if (!shelf) return unknownDevice
      const held = {
        number: shelf.head.number,
        found: shelf.byOperation.get(asked.operation) ?? null,
        before: shelf.documents[asked.expected - 2]?.hash ?? null,
        unreadable: shelf.marks.get(asked.expected)?.includes('unreadable') ?? false,
        word: shelf.words.get(asked.operation) ?? null,
        retired: shelf.retired,
      }
      return done(outcomeOf(asked, held, { key: signing.key, at: now() }))
    },
    succession: async ({ device, nonce }) => {
      const shelf = shelves.get(device)
      if (!shelf) return unknownDevice
      if (!shelf.retired) return done({ proof: null, pairing: null })
      const { registerNumber, head, retiredAt: at } = shelf
      const successor = successorOf(shelves, shelf)
      const about = { device, registerNumber, number: head.number, hash: head.hash }
      const proof = attest({ says: 'retired', ...about, at, successor, nonce }, signing.key)
      return done({ proof, pairing: null })
    },
    askMeasures: async ({ signature, ...asked }) => {
      const shelf = shelves.get(asked.device)
      if (!shelf) return unknownDevice
      const { till } = shelf
      if (till) {
        const isProven =
          isFreshQuestion(asked, now()) &&
          isSignedBy(till.publicKey, questionText(asked), signature)
        if (!isProven) return refused('till.unproven', { at: now() })
        till.told = { at: asked.at, red: asked.red, redSince: asked.redSince }
      }
      return done({ proof: laidOn(shelf, asked) })
    },
    measures: async (asked) => {
      const shelf = shelves.get(asked.device)
      if (!shelf) return unknownDevice
      if (shelf.till?.told) return refused('till.unproven', { at: now() })
      return done({ proof: laidOn(shelf, asked) })
    },
  }
}

/** What a retired device signed all the same is evidence. */
function keepLate(shelf: Shelf, device: string, documents: readonly Submitted[]): void {
  const check = { hash: sha256, verify: verifierOf(shelf, device, documents) }
  const late = documents.filter(
    (sealed) => sealed.number > shelf.head.number && isSealed(sealed, check),
  )
  keepEvidence(shelf, late)
}

function keepEvidence({ quarantine }: Shelf, found: readonly Submitted[]): void {
  const known = new Set(quarantine.map(({ hash }) => hash))
  quarantine.push(...found.filter(({ hash }) => !known.has(hash)))
}

const rowOf = ({ publicKey, keyChanges, head }: Shelf) => ({
  publicKey,
  keyChanges,
  number: head.number,
})

/** Checks the signatures of a batch, each by the device's key of its number. */
function verifierOf(shelf: Shelf, device: string, batch: readonly Submitted[]): Verify {
  const { keys } = keysOfDevice(device, shelf)
  const numbers = new Map(batch.map(({ body, number }) => [body, number]))
  return (text, signature) => {
    const publicKey = keyOfDocument(keys, numbers.get(text) ?? 0)
    return publicKey !== null && isSignedBy(publicKey, text, signature)
  }
}

/** What stands at the same register, and is at work. */
function successorOf(shelves: Shelves, { registerNumber }: Shelf) {
  const present = [...shelves].findLast(
    ([, shelf]) => !shelf.retired && shelf.registerNumber === registerNumber,
  )
  if (!present) return null
  const [device, { publicKey }] = present
  return { device, publicKey, agreement: null }
}

function noteForgotten({ head, forgotten }: Shelf, device: string, proof: SignedHead): void {
  const { statement } = proof
  if (statement.device !== device || statement.number <= head.number) return
  const isNews = !forgotten.some((each) => each.statement.hash === statement.hash)
  if (isNews) forgotten.push(proof)
}

type Batch = { device: string; batch: readonly Submitted[]; now: number }

function take(shelf: Shelf, { device, batch, now }: Batch) {
  const repeats = batch.filter(({ number }) => number <= shelf.head.number)
  const stored = new Map(
    repeats.map(({ number }) => [number, shelf.documents[number - 1]?.hash ?? '']),
  )
  const { registerNumber, unp, head } = shelf
  const taken = ingest(batch, {
    device,
    registerNumber,
    unp,
    head,
    stored,
    read: readBody,
    hash: sha256,
    verify: verifierOf(shelf, device, batch),
    now,
  })
  for (const { sealed, document, marks } of taken.accepted) {
    shelf.documents.push(sealed)
    if (marks.length > 0) shelf.marks.set(sealed.number, marks)
    const operation = document?.operation?.toLowerCase()
    if (operation && !shelf.byOperation.has(operation)) shelf.byOperation.set(operation, sealed)
  }
  shelf.head = taken.head
  keepEvidence(shelf, taken.fork)
  return taken
}
