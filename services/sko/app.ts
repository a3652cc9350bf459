import '#services/runtime/russian.ts'
import { Hono } from 'hono'
import { parseJson } from '#core/api/json.ts'
import { bodyUpTo } from '#services/runtime/body-limit.ts'
import type { Log } from '#services/runtime/log.ts'
import type { DevicePort } from './document.ts'
import { answerMessage } from './tsrv.ts'

const MAX_MESSAGE = 1_000_000

/** tsrv over HTTP: one message in, one out. A refusal is an answer too: its status is 200. */
export function openSkoApp(port: DevicePort, log: Log): Hono {
  const app = new Hono()
  const refuse = (why: string) => ({
    type: 'error',
    address: '',
    data: { name: 'TSRV_DESERIALIZE_ERROR', description: why },
    headers: {},
  })
  app.onError((error, call) => {
    log.error('handler threw', { error: String(error.stack ?? error) })
    return call.body(null, 500)
  })
  const limit = bodyUpTo(MAX_MESSAGE, (call) =>
    call.json(refuse(`Сообщение больше ${MAX_MESSAGE} байт`)),
  )
  app.post('/tsrv', limit, async (call) => {
    const text = await call.req.text()
    const raw = parseJson(text)
    if (raw === undefined) return call.json(refuse('Сообщение не разобрано: это не JSON'))
    return call.json(await answerMessage(raw, port))
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
