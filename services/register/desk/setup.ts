import { type Context as Call, Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { Enrolling } from '#core/api/operator-enrolment.ts'
import { setupEndpoints } from '#core/api/register-setup.ts'
import { skoApi } from '#core/api/sko.ts'
import { isAtMachine } from '#services/runtime/listen.ts'
import type { Log } from '#services/runtime/log.ts'
import { answerRefused, servePublic } from '#services/runtime/serve.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

type SetupPort = { waiting: () => Enrolling; askSko: Send; log: Log }

/** What a till answers that is nobody's yet: how it is connected, and that it does nothing else. */
export function openSetupApp({ waiting, askSko, log }: SetupPort): Hono {
  const app = new Hono()
  const sko = client(skoApi, askSko)
  const devices = async () => {
    const answer = await sko.enrolment({})
    return answer.kind === 'done' ? answer.value.waiting : []
  }
  const { setup } = setupEndpoints
  const handlers = {
    setup: async () =>
      done({ waiting: waiting(), devices: await devices(), administrator: 'later' as const }),
  }
  app.route('/', servePublic({ setup }, handlers, { log }))
  app.get('/health', (call) => call.json({ ok: true, process: 'register' }))
  app.all('/api/*', (call) => answerRefused(call, refused('register.not-enrolled')))
  return app
}

/** What a connected till answers of its first start: who keeps its people, and what is left. */
export function setupHandlers(register: Register): Handlers<typeof setupEndpoints, SignedIn, Call> {
  const { firstAdministrator: first, store, goods, billing, equipment, settings } = register
  const administrator = (call: Call) => {
    if (!first.isWanted()) return 'known'
    return isAtMachine(call) ? 'wanted' : 'elsewhere'
  }
  return {
    setup: async (_, call) =>
      done({ waiting: null, devices: [], administrator: administrator(call) }),
    firstAdministrator: async (form, call) =>
      isAtMachine(call) ? first.add(form) : refused('administrator.elsewhere'),
    firstSteps: async () => {
      const told = billing.view()
      return done({
        wanted: first.beganHere() && !settings.firstStepsEnded(),
        office: equipment === null ? null : { isOpen: told?.forbids === false, serial: equipment },
        printed: settings.printer() !== null || store.papers.hasPrinted(),
        goods: goods.count(),
        sold: store.hasSold(),
      })
    },
    endFirstSteps: async (_, { person }) => {
      settings.endFirstSteps(person.user)
      return done({})
    },
  }
}
