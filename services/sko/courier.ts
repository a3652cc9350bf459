import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { backoff } from '#core/backoff.ts'
import type { SkoStore, StoredDocument } from './store.ts'

const BATCH = 100
// The operator takes a body of 1,000,000 bytes; one document is never larger than this by itself.
const BATCH_BYTES = 600_000
const IDLE_MS = 30_000
// A device put back is looked for at such rests: nothing tells of it.
const PULLED_OUT_MS = 1000
// What a cashier waits for, once the line is back, is no longer than this.
const LONGEST_MS = 10_000
// With nothing to send the operator is asked what it holds at every so many rests: 5 minutes.
const IDLE_STEPS = 10

export type CourierPort = {
  store: SkoStore
  send: Send
  chance: () => number
  /** False while the device is pulled out: its documents are inside it. */
  present: (serial: string) => boolean
}

/**
 * Carries a device's documents to the operator in the order of their numbers. The device itself is
 * the queue: nothing is marked, what is above the acknowledged number is what must still go.
 */
export function openCourier(serial: string, { store, send, chance, present }: CourierPort) {
  const operator = client(operatorApi, send)
  let failures = 0
  let fault: string | null = null
  let idle = 0

  const failed = (why: string) => {
    fault = why
    failures += 1
    return backoff(failures, { first: 500, longest: LONGEST_MS, chance: chance() })
  }
  const went = (acknowledged: number) => {
    store.acknowledge(serial, acknowledged)
    fault = null
    failures = 0
  }

  /** The operator holds less than it acknowledged: it gets everything again, in order. */
  const rewound = async (acknowledged: number): Promise<boolean> => {
    const head = await operator.head({ device: serial })
    if (head.kind !== 'done' || head.value.acknowledged >= acknowledged) return false
    store.rewind(serial, head.value.acknowledged)
    return true
  }
  // An operator restored from a backup says nothing by itself, and a shop may be shut for days.
  const rest = async (acknowledged: number): Promise<number> => {
    const isTime = idle % IDLE_STEPS === 0
    idle += 1
    return isTime && acknowledged > 0 && (await rewound(acknowledged)) ? 0 : IDLE_MS
  }

  return {
    fault: () => fault,
    /** One step: sends a batch; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const row = store.device(serial)
      if (!row || !present(serial)) return PULLED_OUT_MS
      const documents = batch(store.after(serial, row.acknowledged, BATCH))
      if (documents.length === 0) return rest(row.acknowledged)
      const answer = await operator.submit({ device: serial, documents })
      switch (answer.kind) {
        case 'done':
          went(answer.value.acknowledged)
          return 0
        case 'refused':
          if (answer.code === 'document.gap') await rewound(row.acknowledged)
          return failed(`rejected: ${answer.code}`)
        case 'invalid':
          return failed(`rejected: ${answer.field}`)
        case 'unsent':
          return failed('unreachable')
        case 'unknown':
          return failed('silent')
      }
    },
  }
}

/** The first documents, at least one, that fit into a body together. */
function batch(stored: readonly StoredDocument[]) {
  const documents = []
  let bytes = 0
  for (const { number, body, hash, uid, signature } of stored) {
    bytes += Buffer.byteLength(JSON.stringify(body))
    if (documents.length > 0 && bytes > BATCH_BYTES) break
    documents.push({ number, body, hash, uid, signature })
  }
  return documents
}

export type Courier = ReturnType<typeof openCourier>
