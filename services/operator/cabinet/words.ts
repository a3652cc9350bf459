import type { Context as Call } from 'hono'
import { rightsOfAccount } from '#core/access/roles.ts'
import { done, type Handlers, type Input, invalid, refused } from '#core/api/contract.ts'
import type { cabinetWordsApi } from '#core/api/operator-cabinet/words.ts'
import { registerNumberIn } from '#core/document/uid.ts'
import { verdictOn } from '#core/operator/outcome.ts'
import { faultOfWord, type StaffWord } from '#core/operator/staff-word.ts'
import type { AnsweredDocument } from '#core/operator/statement.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { Sql } from '#services/runtime/sql.ts'
import type { OperatorPorts } from '../ports.ts'
import { recordAct } from '../store/acts.ts'
import { operationOf } from '../store/ingest.ts'
import * as store from '../store/words.ts'
import { answeredIn } from './answers.ts'
import { momentsOf } from './documents.ts'
import { unpOf, type Visitor } from './door.ts'

/** What the operator's people say became of a red operation, with what it rests on (C2b). */
export function wordsHandlers({
  db,
  clock,
}: OperatorPorts): Handlers<typeof cabinetWordsApi, Visitor, Call> {
  return {
    sayOfOperation: (asked, by) =>
      db.transaction(async (sql) => {
        const { device, operation, verdict, evidence, reason } = asked
        const known = await store.deviceForWord(sql, device)
        if (!known) return refused('device.unknown', { device })
        const { registerNumber } = known
        const books = await booksFor(sql, asked)
        const typed = verdict === 'done' && !books.found ? documentOf(asked, registerNumber) : null
        if (typed && 'kind' in typed && typed.kind === 'invalid') return typed
        const document = verdict === 'done' ? (books.found ?? typed) : null
        const isTaken = document !== null && (await store.isNumberTaken(sql, device, document))
        const fault = faultOfWord(
          { verdict, evidence },
          { found: books.found, isNever: books.isNever, isTaken },
        )
        if (fault) return refused(fault, { number: books.found?.number ?? document?.number })
        const actor = actorOf(by, clock.now())
        const word: StaffWord = {
          device,
          registerNumber,
          operation,
          verdict,
          document,
          evidence,
          by: actor.email,
        }
        if (isSame(await store.wordOf(sql, device, operation), word, reason)) return done({})
        await store.keepWord(sql, word, { reason, now: actor.now })
        const what = verdict === 'done' ? 'operation-confirmed' : 'operation-denied'
        const act = { what, register: registerNumber, target: operation, reason } as const
        await recordAct(sql, actor, act)
        return done({})
      }),
    staffWords: async ({ register }, { account }) => {
      const seesAll = rightsOfAccount(account).some((right) => right === 'clients.read')
      const unp = seesAll ? null : unpOf(account)
      return done({ words: await store.wordsOf(db, { unp, register: register ?? null }) })
    },
  }
}

type Said = Input<(typeof cabinetWordsApi)['sayOfOperation']>

/** What the operator's own books tell of the operation: they go before anybody's word. */
async function booksFor(sql: Sql, { device, operation, expected }: Said) {
  const held = await operationOf(sql, { device, operation, expected: expected ?? 0 })
  const found = held?.found ? answeredIn(held.found) : null
  const isNever = expected !== undefined && held && verdictOn(held, expected) === 'never'
  return { found, isNever: isNever ?? false }
}

/** The document as it was read elsewhere; a uid names the register that made it (R23). */
function documentOf(
  { operation, kind, number, day, time, sum, uid }: Said,
  registerNumber: number,
): AnsweredDocument | ReturnType<typeof invalid> {
  if (kind === undefined) return invalid('kind', 'missing')
  if (number === undefined) return invalid('number', 'missing')
  if (day === undefined) return invalid('day', 'missing')
  if (time === undefined) return invalid('time', 'missing')
  if (sum === undefined) return invalid('sum', 'missing')
  if (uid === undefined) return invalid('uid', 'missing')
  if (registerNumberIn(uid) !== registerNumber) return invalid('uid', 'receipt-uid')
  return { operation, kind, number, at: momentsOf(day, time).from, uid, sum }
}

/** Pressed twice it is one word. */
const isSame = (
  before: (StaffWord & { reason: string }) | null,
  word: StaffWord,
  reason: string,
): boolean =>
  before !== null &&
  before.by === word.by &&
  before.reason === reason &&
  before.verdict === word.verdict &&
  before.evidence === word.evidence &&
  JSON.stringify(before.document) === JSON.stringify(word.document)
