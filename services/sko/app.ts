import { type Context as Call, Hono } from 'hono'
import type { Facts } from '#core/api/facts.ts'
import type { FieldFault } from '#core/api/field-fault.ts'
import { parseJson } from '#core/api/json.ts'
import { bodyUpTo } from '#services/runtime/body-limit.ts'
import type { Log } from '#services/runtime/log.ts'
import { openProofs, PROOF } from '#services/runtime/proof.ts'
import { addressOf, spoken } from '#services/runtime/serve.ts'
import type { DevicePort } from './call.ts'
import { answerMessage, errorAnswer } from './tsrv.ts'

const MAX_MESSAGE = 1_000_000

/** tsrv over HTTP: one message in, one out. A refusal is an answer too: its status is 200. */
export function openSkoApp(port: DevicePort, log: Log): Hono {
  const app = new Hono()
  const refuse = (call: Call, fault: FieldFault, facts: Facts = {}) =>
    call.json(
      errorAnswer('', {
        refusal: { fault: 'TSRV_DESERIALIZE_ERROR', facts: { ...facts, fault } },
        language: spoken(call),
      }),
    )
  app.onError((error, call) => {
    log.error('handler threw', { error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  const limit = bodyUpTo(MAX_MESSAGE, (call) =>
    refuse(call, 'body-too-big', { limit: MAX_MESSAGE }),
  )
  const askedBy = openProofs((serial) => port.keysOf(serial))
  app.post('/tsrv', limit, async (call) => {
    const { method, path } = call.req
    const text = await call.req.text()
    const raw = parseJson(text)
    if (raw === undefined) return refuse(call, 'body-not-json')
    const asker = askedBy({ method, path, body: text }, call.req.header(PROOF))
    const told = { language: spoken(call), from: addressOf(call), till: asker?.asker ?? null }
    const body = JSON.stringify(await answerMessage(raw, port, told))
    if (asker) call.header(PROOF, asker.prove({ status: 200, body }))
    return call.body(body, 200, { 'content-type': 'application/json' })
  })
  app.get('/health', (call) => call.json({ ok: true, process: 'sko', version: port.version }))
  app.get('/metrics', (call) => call.text(metrics(port)))
  return app
}

function metrics({ store }: DevicePort): string {
  return store
    .serials()
    .flatMap((serial) => {
      const row = store.device(serial)
      if (!row) return []
      return [
        `zpos_sko_documents{device="${serial}"} ${row.device.number}`,
        `zpos_sko_unsent{device="${serial}"} ${row.device.number - row.acknowledged}`,
      ]
    })
    .join('\n')
    .concat('\n')
}
