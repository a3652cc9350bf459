import { Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import { done, refused } from '#core/api/contract.ts'
import type { Enrolling } from '#core/api/operator-enrolment.ts'
import { setupEndpoints } from '#core/api/register-setup.ts'
import { skoApi } from '#core/api/sko.ts'
import type { Log } from '#services/runtime/log.ts'
import { answerRefused, servePublic } from '#services/runtime/serve.ts'

type SetupPort = { waiting: () => Enrolling; askSko: Send; log: Log }

/** What a till answers that is nobody's yet: how it is connected, and that it does nothing else. */
export function openSetupApp({ waiting, askSko, log }: SetupPort): Hono {
  const app = new Hono()
  const sko = client(skoApi, askSko)
  const devices = async () => {
    const answer = await sko.enrolment({})
    return answer.kind === 'done' ? answer.value.waiting : []
  }
  const handlers = {
    setup: async () => done({ waiting: waiting(), devices: await devices() }),
  }
  app.route('/', servePublic(setupEndpoints, handlers, { log }))
  app.get('/health', (call) => call.json({ ok: true, process: 'register' }))
  app.all('/api/*', (call) => answerRefused(call, refused('register.not-enrolled')))
  return app
}
