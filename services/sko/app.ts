import { Hono } from 'hono'
import { type InputFault, textFault, valueFault } from '#core/api/input-fault.ts'
import { parseJson } from '#core/api/json.ts'
import { skoApi } from '#core/api/sko.ts'
import type { Language } from '#core/words/language.ts'
import { bodyUpTo } from '#services/runtime/body-limit.ts'
import { openProofs, PROOF } from '#services/runtime/proof.ts'
import { addressOf, callersDoor, serve, spoken } from '#services/runtime/serve.ts'
import type { DevicePort } from './call.ts'
import { type PairingPort, pairingHandlers } from './pairing.ts'
import { unsentDocuments } from './store.ts'
import { answerMessage, errorAnswer } from './tsrv.ts'

const MAX_MESSAGE = 1_000_000

/** Of a message that nobody looks further into. */
type Wrong = Pick<InputFault, 'fault'> & Partial<InputFault>

/** tsrv over HTTP: one message in, one out. A refusal is an answer too: its status is 200. */
export function openSkoApp(port: DevicePort, pairing: PairingPort): Hono {
  const { log } = pairing
  const app = new Hono()
  const refusal = (language: Language, { field, fault, facts }: Wrong) =>
    errorAnswer('', {
      refusal: {
        fault: 'TSRV_DESERIALIZE_ERROR',
        facts: Object.assign({ fault }, field !== undefined && { field }, facts),
      },
      language,
    })
  app.onError((error, call) => {
    log.error('handler threw', { error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  const limit = bodyUpTo(MAX_MESSAGE, (call) =>
    call.json(refusal(spoken(call), { fault: 'body-too-big', facts: { limit: MAX_MESSAGE } })),
  )
  const askedBy = openProofs((serial) => port.keysOf(serial))
  app.post('/tsrv', limit, async (call) => {
    const { method, path } = call.req
    const text = await call.req.text().catch(() => '')
    const asker = askedBy({ method, path, body: text }, call.req.header(PROOF))
    const language = spoken(call)
    const told = { language, from: addressOf(call), till: asker?.asker ?? null }
    const read = readMessage(text)
    const answer =
      'raw' in read ? await answerMessage(read.raw, port, told) : refusal(language, read)
    const body = JSON.stringify(answer)
    if (asker) call.header(PROOF, asker.prove({ status: 200, body }))
    return call.body(body, 200, { 'content-type': 'application/json' })
  })
  app.route('/', serve(skoApi, pairingHandlers(pairing), { door: callersDoor, log }))
  app.get('/health', (call) => call.json({ ok: true, process: 'sko', version: port.version }))
  app.get('/metrics', (call) => call.text(metrics(port)))
  return app
}

/** The JSON of a message, or why nobody looks further into it. */
function readMessage(text: string): { raw: unknown } | Wrong {
  const deep = textFault(text, { repeats: false })
  if (deep) return deep
  const raw = parseJson(text)
  if (raw === undefined) return { fault: 'body-not-json' }
  return valueFault(raw) ?? { raw }
}

/** For whoever watches processes: how much a shop trades, a stranger does not learn. */
function metrics({ store }: DevicePort): string {
  return store
    .serials()
    .flatMap((serial) => {
      const row = store.device(serial)
      return row ? [`zpos_sko_unsent{device="${serial}"} ${unsentDocuments(row)}`] : []
    })
    .join('\n')
    .concat('\n')
}
