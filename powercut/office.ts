import { v7 } from 'uuid'
import type { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { officeApi } from '#core/api/office.ts'
import { contractsApi, entriesApi, ordersApi } from '#core/api/office-cabinet.ts'
import { demoShop } from '#core/demo/shop.ts'
import { accounts, tariffs, tillEquipment } from '#stand/demo/enrolment.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import { programOf } from './shop.ts'
import type { Store, Told } from './store.ts'

// Staff write down a payment, the client orders for it, and the till asks for its lease.

const SUM = 5000
const { serial } = tillEquipment

export const office: Store = {
  neighbours: [],
  program: (data, near) => programOf('office', data, near),
  open: () => {
    const cookies = new Map<string, string>()
    const call = async ({ port }: Ports, of: { as: Who; path: string; body?: object }) => {
      const key = `${of.as} ${port}`
      if (!cookies.has(key)) {
        const cookie = await signedIn(port, of.as)
        if (cookie) cookies.set(key, cookie)
      }
      const { path, body } = of
      const method = body ? 'PUT' : 'GET'
      return asked(port, { method, path, body, cookie: cookies.get(key) })
    }
    const orders = async (ports: Ports, id: string): Promise<Told | null> => {
      const got = await call(ports, { as: 'client', path: '/api/orders' })
      const read = ordersApi.orders.reply.safeParse(parseJson(got?.text ?? '')).data
      const found = read?.orders.find(({ quote }) => id === `order ${quote}`)
      return got && read && found
        ? { id, state: stateOf(found, read.orders), said: got.text }
        : null
    }
    const payments = async (ports: Ports, id: string): Promise<Told | null> => {
      const got = await call(ports, { as: 'staff', path: '/api/entries?limit=200' })
      const read = entriesApi.entries.reply.safeParse(parseJson(got?.text ?? '')).data
      const found = read?.entries.find(({ note }) => id === `payment ${note}`)
      return got && found ? { id, state: `entry ${found.id} ${found.sum}`, said: got.text } : null
    }
    const pay = async (ports: Ports, tried: (id: string) => void): Promise<Told[]> => {
      const account = await accountOf(ports, call)
      if (account === null) return []
      const id = v7()
      tried(`payment ${id}`)
      const body = { account, sum: SUM, note: id }
      const got = await call(ports, { as: 'staff', path: `/api/payments/${id}`, body })
      const read = entriesApi.payment.reply.safeParse(parseJson(got?.text ?? '')).data
      if (!got || !read) return []
      return [{ id: `payment ${id}`, state: `entry ${read.entry} ${SUM}`, said: got.text }]
    }
    const order = async (ports: Ports, tried: (id: string) => void): Promise<Told[]> => {
      const quoted = await asked(ports.port, {
        method: 'POST',
        path: '/api/quotes',
        body: { serial, tariff: tariffs.year.tariff },
        cookie: cookies.get(`client ${ports.port}`) ?? (await signedIn(ports.port, 'client')),
      })
      const quote = ordersApi.quote.reply.safeParse(parseJson(quoted?.text ?? '')).data
      if (!quote) return []
      const id = `order ${quote.id}`
      tried(id)
      const body = { renews: true }
      const got = await call(ports, { as: 'client', path: `/api/orders/${quote.id}`, body })
      const read = ordersApi.order.reply.safeParse(parseJson(got?.text ?? '')).data
      return got && read ? [{ id, state: stateOf(read, []), said: got.text }] : []
    }
    const works = [pay, order, lease]
    return {
      work: async (ports, nth, tried) => (await works[nth % works.length]?.(ports, tried)) ?? [],
      ask: async (ports, id) => {
        const [what, number] = id.split(' ')
        if (what === 'lease') return leaseAbove(ports, Number(number))
        return what === 'order' ? orders(ports, id) : payments(ports, id)
      },
    }
  },
  isKept: (told, now) => {
    const [what, number] = told.split(' ')
    if (told === now) return true
    // What waits may be paid meanwhile, or another one for the same till in its place.
    return what === 'waiting' && (now === `paid ${number}` || now === `outrun ${number}`)
  },
}

type Who = (typeof accounts)[number]['role']
type Call = (
  ports: Ports,
  of: { as: Who; path: string },
) => Promise<{ status: number; text: string } | null>

type Order = z.infer<typeof ordersApi.orders.reply>['orders'][number]

/** An order that is over since another was paid is told apart from one that is over by itself. */
function stateOf({ state, number, serial }: Order, all: readonly Order[]): string {
  const isOutrun =
    state === 'over' && all.some((other) => other.serial === serial && other.state === 'paid')
  return `${isOutrun ? 'outrun' : state} ${number}`
}

async function accountOf(ports: Ports, call: Call): Promise<string | null> {
  const got = await call(ports, { as: 'client', path: '/api/contracts' })
  const read = contractsApi.contracts.reply.safeParse(parseJson(got?.text ?? '')).data
  return read?.contracts[0]?.account ?? null
}

/** Each lease has a number of its own, above all that were given before. */
async function newLease({ port }: Ports): Promise<{ counter: number; said: string } | null> {
  const body = { serial, unp: demoShop.unp, version: '0.1.0', nonce: v7() }
  const got = await asked(port, { method: 'POST', path: '/api/lease', body })
  const read = officeApi.lease.reply.safeParse(parseJson(got?.text ?? '')).data
  return got && read ? { counter: read.lease.counter, said: got.text } : null
}

const PASSED = 'a later one has a higher number'

async function lease(ports: Ports): Promise<Told[]> {
  const given = await newLease(ports)
  return given ? [{ id: `lease ${given.counter}`, state: PASSED, said: given.said }] : []
}

async function leaseAbove(ports: Ports, counter: number): Promise<Told | null> {
  const given = await newLease(ports)
  if (given === null || given.counter <= counter) return null
  return { id: `lease ${counter}`, state: PASSED, said: given.said }
}

async function signedIn(port: number, as: Who): Promise<string | undefined> {
  const account = accounts.find(({ role }) => role === as)
  if (!account) throw new Error(`the demo has no ${as}`)
  const { email, password } = account
  const got = await asked(port, { method: 'POST', path: '/api/session', body: { email, password } })
  return got?.cookie
}
