import { backoff } from '#core/backoff.ts'
import type { UploadFault } from '#core/register/upload.ts'
import { MINUTE } from '#core/time.ts'
import { type Batch, type OperatorTalkPort, openOperatorTalk } from './operator-talk.ts'
import type { DeviceRow, StoredDocument } from './store.ts'

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
// Evidence of a fork is shown again after so long; the operator keeps each document of it once.
const SHOW_MS = 5 * MINUTE

export type CourierPort = OperatorTalkPort & {
  chance: () => number
  /** False while the device is pulled out: its documents are inside it. */
  present: (serial: string) => boolean
}

/**
 * Carries a device's documents to the operator in the order of their numbers. The device itself is
 * the queue: nothing is marked, what is above the acknowledged number is what must still go. Only
 * what the operator signed counts as acknowledged (R28).
 */
export function openCourier(serial: string, port: CourierPort) {
  const { store, chance, present, elapsed } = port
  const operator = openOperatorTalk(serial, port)
  let failures = 0
  let fault: UploadFault | null = null
  let idle = 0
  let shownAt = Number.NEGATIVE_INFINITY

  /** How long to rest after a question. */
  const settled = (why: UploadFault | null): number => {
    fault = why
    failures = why === null ? 0 : failures + 1
    return why === null
      ? 0
      : backoff(failures, { first: 500, longest: LONGEST_MS, chance: chance() })
  }
  const after = (number: number) => batch(store.after(serial, number, BATCH))

  /** Where nothing is known for certain, the operator is asked before anything is sent. */
  const begin = async (row: DeviceRow): Promise<number> => {
    const heard = await operator.ask(row)
    // What was made since the operator was last heard of is the fork, if there is one. What is
    // said to it is not signed, and may be anybody's word: it is shown until a signed head fits.
    if (heard === 'diverged' && elapsed() - shownAt >= SHOW_MS) {
      if (await operator.show(after(row.acknowledged))) shownAt = elapsed()
    }
    const waitMs = settled(heard)
    if (row.device.number <= row.acknowledged && !isAlarm(heard)) fault = null
    return waitMs
  }

  // An operator restored from a backup says nothing by itself, and a shop may be shut for days.
  const rest = async (row: DeviceRow): Promise<number> => {
    idle += 1
    if (fault === null && idle % IDLE_STEPS !== 0) return IDLE_MS
    const before = operator.holds()
    const heard = await operator.ask(row)
    const waitMs = heard === null || isAlarm(heard) ? settled(heard) : IDLE_MS
    return waitMs > 0 || operator.holds() !== before ? waitMs : IDLE_MS
  }

  const carry = async (row: DeviceRow): Promise<number> => {
    const holds = operator.holds()
    if (holds === null) return begin(row)
    const documents = after(holds)
    return documents.length === 0 ? rest(row) : settled(await operator.submit(row, documents))
  }

  return {
    fault: (): UploadFault | null => {
      const row = store.device(serial)
      if (row?.diverged) return 'diverged'
      const holds = operator.holds()
      return fault ?? (row && holds !== null && holds < row.acknowledged ? 'forgotten' : null)
    },
    /** In this life the operator has signed for no more than the device has made. */
    isHeard: (): boolean => operator.holds() !== null,
    /** One step: sends a batch; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      const row = store.device(serial)
      if (!row || !present(serial)) return PULLED_OUT_MS
      const restMs = await carry(row)
      // What is told is what is left after this step.
      const left = store.device(serial)
      if (left && isReached(fault)) await operator.report(left)
      return restMs
    },
  }
}

/** A silent operator is no trouble while there is nothing for it; another in its place is. */
const isAlarm = (fault: UploadFault | null): boolean =>
  fault === 'distrusted' || fault === 'diverged'

/** The operator answers, were it with a refusal. */
const isReached = (fault: UploadFault | null): boolean =>
  fault !== 'unreachable' && fault !== 'silent' && fault !== 'distrusted'

/** The first documents, at least one, that fit into a body together. */
function batch(stored: readonly StoredDocument[]): Batch {
  const documents: Batch = []
  let bytes = 0
  for (const { number, body, hash, uid, signature } of stored) {
    bytes += Buffer.byteLength(JSON.stringify(body))
    if (documents.length > 0 && bytes > BATCH_BYTES) break
    documents.push({ number, body, hash, uid, signature })
  }
  return documents
}

export type Courier = ReturnType<typeof openCourier>
