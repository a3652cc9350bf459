import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import type { Send } from '#core/api/client.ts'
import { services } from '#core/api/tsrv.ts'
import { silentLog } from '#services/runtime/log.ts'
import { proofKeys, provenSend } from '#services/runtime/proof.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { enrol, openSko } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'
import { believesOperator } from '#shop/enrolment.ts'

export const TILL = 'AVQ11099999999'
export const FREE = 'AVQ11099999998'
const shop = { company: 'ООО "Пример Торг"', unp: '191000002', place: 'Магазин', address: 'Минск' }

type Headers = Record<string, unknown>

/** The СКО service in this process, and a foreign client of its free device. */
export async function aService() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const store = openSkoStore(openSkoDb(':memory:'))
  const own = { serial: TILL, registerNumber: 199_999_999, pin: '1234', ...shop }
  const free = { serial: FREE, registerNumber: 199_999_998, pin: '1234', ...shop }
  await enrol(store, [{ ...own, credentialSha256: sha256('secret') }, free])
  const world = { time: Date.UTC(2026, 10, 23, 9), plugged: true }
  const signer = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')
  const keys = {
    present: () => world.plugged,
    signer: () => (world.plugged ? signer : null),
    certificate: () => publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
  const { app } = openSko({
    store,
    keys,
    chance: () => 0,
    log: silentLog,
    now: () => world.time,
    elapsed: () => world.time,
    send: async () => ({ unsent: 'no operator here' }),
    verify: believesOperator,
  })
  const client = aClient(FREE, plainPost(app))
  const authorize = () => client.ok('authorize', { pin: '1234' })
  const till = aClient(TILL, provenPost(app, { asker: TILL, secret: 'secret' }))
  return { app, store, world, publicKey, authorize, till, ...client }
}

type App = { fetch: (request: Request) => Response | Promise<Response> }

type Post = (body: string) => Promise<{ type: string; data: never; address: string }>

const plainPost =
  (app: App): Post =>
  async (body) => {
    const response = await app.fetch(new Request('http://sko/tsrv', { method: 'POST', body }))
    assert.equal(response.status, 200, 'a refusal is an answer too')
    return (await response.json()) as Awaited<ReturnType<Post>>
  }

/** A till that holds a secret: the answer must be proved as well. */
export const provenPost = (
  app: App,
  { asker, secret }: { asker: string; secret: string },
): Post => {
  const send = provenSend(overApp(app), { asker, keys: proofKeys(sha256(secret), asker) })
  return async (body) => {
    const got = await send({ method: 'POST', path: '/tsrv', body })
    assert.ok('status' in got, JSON.stringify(got))
    return JSON.parse(got.body)
  }
}

/** Sends straight to an app of this process. */
export const overApp =
  (app: App): Send =>
  async ({ method, path, body, headers = {} }) => {
    const init = { method, body: body ?? null, headers: { ...headers } }
    const response = await app.fetch(new Request(`http://sko${path}`, init))
    const { status } = response
    return {
      status,
      body: await response.text(),
      headers: Object.fromEntries(response.headers),
    }
  }

/** A client of a device: `ok` must succeed, `fault` must be refused by name. */
export function aClient(token: string, post: Post) {
  const call = (action: string, data?: unknown, more: Headers = {}) => {
    const headers = { action, token, ...more }
    return post(JSON.stringify({ type: 'send', address: addressOf(action), headers, data }))
  }
  const ok = async (action: string, data?: unknown, headers?: Headers) => {
    const answer = await call(action, data, headers)
    assert.notEqual(answer.type, 'error', JSON.stringify(answer.data))
    return answer.data as Record<string, unknown>
  }
  const fault = async (action: string, data?: unknown, headers?: Headers) => {
    const answer = await call(action, data, headers)
    assert.equal(answer.type, 'error', `${action} was not refused`)
    const { name, description } = answer.data as { name: string; description: string }
    assert.ok(description.length > 5)
    return name
  }
  return { post, call, ok, fault }
}

const addressOf = (action: string): string => {
  const snake = action.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const found = Object.entries(services).find(([, names]) =>
    (names as readonly string[]).includes(snake),
  )
  return found?.[0] ?? 'ik.service.token'
}

export const header = { cashier: 'Ivanova', currency: 'BYN' }
export const item = {
  code: { type: 0, value: 4810000000018 },
  name: 'Хлеб',
  quantity: '1.000',
  price: '7.00',
}
export const sale = (change: object = {}) => ({
  sale: {
    header,
    items: [item],
    payments: [{ payment_type: 'cash', value: '10.00' }],
    cheque_discount: '0.00',
    ...change,
  },
})
export const deposit = (sum: unknown, change: object = {}) => ({
  sum_cheque_data: { sum, header: { ...header, ...change } },
})
