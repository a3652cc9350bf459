import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { backoff } from '#core/backoff.ts'
import type { SkoStore, StoredDocument } from './store.ts'

const BATCH = 100
// The operator takes a body of 1,000,000 bytes; one document is never larger than this by itself.
const BATCH_BYTES = 600_000
const IDLE_MS = 30_000

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

  const failed = (why: string) => {
    fault = why
    failures += 1
    return backoff(failures, { first: 500, longest: 30_000, chance: chance() })
  }
  const went = (acknowledged: number) => {
    store.acknowledge(serial, acknowledged)
    fault = null
    failures = 0
  }

  return {
    fault: () => fault,
    /** One step: sends a batch; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const row = store.device(serial)
      if (!row || !present(serial)) return IDLE_MS
      const documents = batch(store.after(serial, row.acknowledged, BATCH))
      if (documents.length === 0) return IDLE_MS
      const answer = await operator.submit({ device: serial, documents })
      switch (answer.kind) {
        case 'done':
          went(answer.value.acknowledged)
          return 0
        case 'refused':
          if (answer.code === 'document.gap') {
            const head = await operator.head({ device: serial })
            // The operator holds less than it acknowledged: it gets everything again, in order.
            if (head.kind === 'done') store.rewind(serial, head.value.acknowledged)
          }
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
