import type { Context as Call } from 'hono'
import { done, type Handlers, type Input, invalid, refused } from '#core/api/contract.ts'
import type { cabinetAnswersApi } from '#core/api/operator-cabinet/answers.ts'
import type { DocumentBrief } from '#core/api/operator-cabinet/documents.ts'
import { operationId } from '#core/id.ts'
import { kopecks } from '#core/money.ts'
import { answerOf } from '#core/operator/answer.ts'
import { carriedText } from '#core/operator/carried.ts'
import type { Held } from '#core/operator/outcome.ts'
import { answerByStaff } from '#core/operator/staff-word.ts'
import type { AnsweredDocument, AskedBy } from '#core/operator/statement.ts'
import { MINUTE } from '#core/time.ts'
import { readBody } from '../body.ts'
import type { OperatorPorts } from '../ports.ts'
import { documentByUid, documentsOf } from '../store/documents.ts'
import { operationOf } from '../store/ingest.ts'
import { ownDeviceOf } from '../store/own-device.ts'
import { wordOf } from '../store/words.ts'
import { momentsOf } from './documents.ts'
import { unpOf, type Visitor } from './door.ts'

// A person remembers when a sale was pressed through; the device dates it a little later.
const AROUND = 5 * MINUTE
/** More than these are no answer but a list, which the documents' page is for. */
const MOST = 10

type Question = Input<(typeof cabinetAnswersApi)['answer']>
type Looked = {
  found: AnsweredDocument | null
  held: Pick<Held, 'number' | 'before' | 'unreadable' | 'retired'> | null
  several: DocumentBrief[]
}

/** The operator's signed answers about operations of the client's own devices (C1, C2b). */
export function answersHandlers(
  ports: OperatorPorts,
): Handlers<typeof cabinetAnswersApi, Visitor, Call> {
  const { db, clock, key } = ports
  return {
    answer: async (question, { account }) => {
      const asked = askedBy(question)
      if ('kind' in asked) return asked
      const { device } = question
      const unp = unpOf(account)
      const own = await ownDeviceOf(db, unp, device)
      if (!own) return refused('device.unknown', { device })
      const { registerNumber, number, lastAt } = own
      const { found, held, several } = await lookUp(ports, { unp, device, asked })
      const at = clock.now()
      const books = answerOf({ device, registerNumber, asked }, { found, held }, { key, at })
      const word =
        asked.by === 'operation' && books.statement.verdict === 'cannot-tell'
          ? await wordOf(db, device, asked.operation)
          : null
      const { expected = null } = question
      const answer = word ? answerByStaff(word, { key, at, expected }) : books
      const filter = { device, number: found?.number }
      const [document] = found ? await documentsOf(db, unp, { filter, limit: 1 }) : []
      return done({
        verdict: answer.statement.verdict,
        text: carriedText(answer),
        at,
        document: document ?? null,
        word: word && {
          person: word.by,
          evidence: word.evidence,
          reason: word.reason,
          document: word.document,
        },
        several,
        head: { number, lastAt },
      })
    },
  }
}

function askedBy({ operation, expected, uid, day, time, sum }: Question) {
  if (operation !== undefined) {
    return { by: 'operation', operation, expected: expected ?? null } satisfies AskedBy
  }
  if (uid !== undefined) return { by: 'document', uid } satisfies AskedBy
  if (day === undefined) return invalid('day', 'missing')
  if (time === undefined) return invalid('time', 'missing')
  if (sum === undefined) return invalid('sum', 'missing')
  const { from, until } = momentsOf(day, time)
  return { by: 'moment', from, until, sum: kopecks(sum) } satisfies AskedBy
}

type Place = { unp: string; device: string }

async function lookUp(
  { db }: OperatorPorts,
  { unp, device, asked }: Place & { asked: AskedBy },
): Promise<Looked> {
  const nothing = { found: null, held: null, several: [] }
  if (asked.by === 'operation') {
    const { operation, expected } = asked
    const held = await operationOf(db, { device, operation, expected: expected ?? 0 })
    return { found: held?.found ? answeredIn(held.found) : null, held, several: [] }
  }
  const uids = asked.by === 'document' ? [asked.uid] : []
  if (asked.by === 'moment') {
    const { from, until, sum } = asked
    const filter = { device, sum, from: from - AROUND, until: until + AROUND }
    const near = await documentsOf(db, unp, { filter, limit: MOST })
    const exact = near.filter(({ at }) => at >= from && at < until)
    const fit = exact.length > 0 ? exact : near
    if (fit.length > 1) return { found: null, held: null, several: fit }
    uids.push(...fit.map(({ uid }) => uid as (typeof uids)[number]))
  }
  const [uid] = uids
  const row = uid && (await documentByUid(db, unp, uid))
  return row ? { found: answeredIn(row, device), held: null, several: [] } : nothing
}

/** What of a stored document an answer names; null: it is another device's, or cannot be read. */
export function answeredIn(
  { body, uid }: { body: string; uid: AnsweredDocument['uid'] },
  device?: string,
): AnsweredDocument | null {
  const { document } = readBody(body)
  if (!document || (device !== undefined && document.issuer.device !== device)) return null
  const { operation, kind, number, at, sum } = document
  return {
    operation: operation === null ? null : operationId(operation),
    kind,
    number,
    at,
    uid,
    sum,
  }
}
