import { type KeyObject, sign } from 'node:crypto'
import type { SentAnswer, SentRequest } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { fiscalResponse } from '#core/api/tsrv.ts'
import { type FiscalDocument, seal } from '#core/document/document.ts'
import { deviceFaults } from '#core/sko/faults.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Delivered, WirePlan } from '#shop/wire.ts'
import type { Dice } from './dice.ts'

type Deliver = WirePlan<string>['deliver']
type Heard = { request: SentRequest; answer: SentAnswer }

/** What somebody in the place of the SKO service does with a request; the true one may be asked. */
const tricks = {
  'answers what was answered before': 4,
  'makes a document up': 4,
  refuses: 2,
  'says it never was': 2,
  'says it has nothing of it': 2,
  'is not there': 1,
  'answers nothing': 1,
  'lets it through and refuses': 3,
  'lets it through twice': 2,
  'asks again what was asked before': 2,
  'alters it': 2,
}

const REMEMBERED = 40

/** Stands between the till and its device, idle until `present`, and remembers what passes. */
export function openImpostor(dice: Dice, key: KeyObject) {
  const state = { present: false }
  return { state, between: (deliver: Deliver) => between(deliver, { state, dice, key }) }
}

type Doing = { state: { present: boolean }; dice: Dice; key: KeyObject }

function between(deliver: Deliver, { state, dice, key }: Doing): Deliver {
  const heard: Heard[] = []
  const pass: Deliver = async (request, headers) => {
    const answer = await deliver(request, headers)
    if (answer && answer !== 'lost') heard.push({ request, answer })
    if (heard.length > REMEMBERED) heard.shift()
    return answer
  }
  const cheat: Deliver = async (request, headers) => {
    const before = dice.any(heard)
    switch (dice.weighted(tricks)) {
      case 'answers what was answered before':
        return before?.answer ?? null
      case 'makes a document up':
        return madeUp(request, { heard, key })
      case 'refuses':
        return refusal(dice)
      case 'says it never was':
        return json({ verdict: 'never' })
      case 'says it has nothing of it':
        return json({ verdict: 'unknown' })
      case 'is not there':
        return json({ name: 'USB_NO_DEVICE', description: 'no' }, 'error')
      case 'answers nothing':
        return { status: 200, body: '' }
      case 'lets it through and refuses':
        await pass(request, headers)
        return refusal(dice)
      case 'lets it through twice':
        await pass(request, headers)
        return deliver(request, headers)
      case 'asks again what was asked before':
        if (before) await deliver(before.request, headers)
        return pass(request, headers)
      case 'alters it': {
        const { method, path, body = '', headers: own = {} } = request
        return deliver(
          { method, path, headers: own, body: body.replace(/\.\d\d"/, '.07"') },
          headers,
        )
      }
    }
  }
  return (...asked) => (state.present ? cheat(...asked) : pass(...asked))
}

const json = (data: unknown, type = 'send'): SentAnswer => ({
  status: 200,
  body: JSON.stringify({ type, address: '', data, headers: {} }),
})

const refusal = (dice: Dice): SentAnswer =>
  json({ name: dice.pick(deviceFaults), description: 'no' }, 'error')

/** A document that was heard, as that of the operation which is asked about, sealed anew. */
function madeUp(
  { body = '' }: SentRequest,
  { heard, key }: { heard: readonly Heard[]; key: KeyObject },
): Delivered {
  const said = (text: string) => parseJson(text) as { data?: unknown; headers?: Named } | undefined
  const { operation_id: operation, action } = said(body)?.headers ?? {}
  const like = heard
    .map(({ answer }) => fiscalResponse.safeParse(said(answer.body)?.data))
    .findLast(({ success }) => success)?.data
  if (!like || typeof operation !== 'string') return { status: 200, body: '{}' }
  const document: FiscalDocument = { ...JSON.parse(like.document.body), operation }
  const sealed = seal(document, {
    hash: sha256,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  })
  const response = { ...like, uid: sealed.uid, document: sealed }
  const isVerdict = action === 'outcome' || action === 'abandon'
  return json(isVerdict ? { verdict: 'done', response } : response)
}

type Named = { operation_id?: unknown; action?: unknown }
