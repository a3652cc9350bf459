import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Hono } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import { GENESIS, type Sealed } from '#core/document/document.ts'
import { type Head, ingest, type Submitted } from '#core/operator/ingest.ts'
import { verdictOn } from '#core/operator/outcome.ts'
import { readBody } from '#services/operator/body.ts'
import { silentLog } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { servePublic } from '#services/runtime/serve.ts'
import type { Row } from './process.ts'
import type { Served } from './wire.ts'

export type Enrolled = { serial: string; registerNumber: number; publicKey: string }

type Shelf = {
  registerNumber: number
  key: KeyObject
  head: Head
  /** By number, from 1. */
  documents: Submitted[]
  byOperation: Map<string, Sealed>
  /** Evidence of a fork, as services/operator/store.ts keeps it. */
  quarantine: Submitted[]
  /** Its people take nothing of the register any more. */
  blocked: boolean
}

/** What the operator keeps over its deaths, by the serial number of the device. */
export type Shelves = Map<string, Shelf>

export function openShelves(devices: readonly Enrolled[]): Shelves {
  const shelves: Shelves = new Map()
  for (const { serial, registerNumber, publicKey } of devices) {
    const key = createPublicKey(publicKey)
    const head = { number: 0, hash: GENESIS }
    const byOperation = new Map<string, Sealed>()
    const empty = { documents: [], byOperation, quarantine: [], blocked: false }
    shelves.set(serial, { registerNumber, key, head, ...empty })
  }
  return shelves
}

/**
 * АИС ПКС in memory: the real contract, decisions and reading of bodies, with a Map in place of
 * PostgreSQL. `memory-operator.test.ts` holds it equal to the real one, which checks signatures on
 * threads of its own: how long they take no seed decides, and a run would not replay.
 */
export const operatorOver = (shelves: Shelves): { app: Hono } => ({
  app: servePublic(operatorApi, handlers(shelves), { log: silentLog }),
})

/** The operator in memory as a process of a shop. */
export const memoryOperator = (...devices: Enrolled[]): Row<Shelves, Served> => ({
  disk: openShelves(devices),
  start: (_, shelves) => operatorOver(shelves),
})

const unknownDevice = refused('device.unknown')
const registerBlocked = refused('register.blocked', { said: 'by the run' })

function handlers(shelves: Shelves): Handlers<typeof operatorApi, null> {
  return {
    submit: async ({ device, documents }) => {
      const shelf = shelves.get(device)
      if (!shelf) return unknownDevice
      if (shelf.blocked) return registerBlocked
      const { refused: first, head } = take(shelf, device, documents)
      if (!first) return done({ acknowledged: head.number })
      return refused(first.code, { number: first.sealed.number })
    },
    head: async ({ device }) => {
      const shelf = shelves.get(device)
      return shelf ? done({ acknowledged: shelf.head.number }) : unknownDevice
    },
    outcome: async ({ device, operation, expected }) => {
      const shelf = shelves.get(device)
      if (!shelf) return unknownDevice
      const found = shelf.byOperation.get(operation) ?? null
      return done(verdictOn(found, shelf.head.number, expected))
    },
  }
}

function take(shelf: Shelf, device: string, batch: readonly Submitted[]) {
  const repeats = batch.filter(({ number }) => number <= shelf.head.number)
  const stored = new Map(
    repeats.map(({ number }) => [number, shelf.documents[number - 1]?.hash ?? '']),
  )
  const taken = ingest(batch, {
    device,
    registerNumber: shelf.registerNumber,
    head: shelf.head,
    stored,
    parse: readBody,
    hash: sha256,
    verify: (text, signature) =>
      verify(null, Buffer.from(text), shelf.key, Buffer.from(signature, 'base64')),
  })
  for (const { sealed, document } of taken.accepted) {
    shelf.documents.push(sealed)
    const operation = document.operation?.toLowerCase()
    if (operation && !shelf.byOperation.has(operation)) shelf.byOperation.set(operation, sealed)
  }
  shelf.head = taken.head
  const code = taken.refused?.code
  const isFork = code === 'document.diverges' || code === 'document.chain'
  if (taken.refused && isFork) shelf.quarantine.push(taken.refused.sealed)
  return taken
}
