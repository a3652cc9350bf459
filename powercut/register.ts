import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { parseJson } from '#core/api/json.ts'
import { operationView } from '#core/api/register.ts'
import { people } from '#stand/demo/enrolment.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import { programOf } from './shop.ts'
import type { Store, Told } from './store.ts'

const bread = { lines: [{ name: 'Bread', price: 198, quantity: 1000, vat: 10 }] }
const DAY = [
  { kind: 'shift-opening' },
  { kind: 'deposit', sum: 5000 },
  { kind: 'sale', ...bread, payments: [{ means: 'cash', sum: 5000 }] },
  { kind: 'sale', ...bread, payments: [{ means: 'card', sum: 198 }] },
  { kind: 'withdrawal', sum: 100 },
  { kind: 'sale', ...bread, payments: [{ means: 'cash', sum: 1000 }] },
] as const

export const register: Store = {
  neighbours: ['acquirer', 'sko'],
  program: (data, near) => programOf('register', data, near),
  open: () => {
    const cookies = new Map<number, string>()
    const call = async ({ port }: Ports, path: string, body?: object) => {
      const method = body ? 'POST' : 'GET'
      if (!cookies.has(port)) await signIn(port, cookies)
      return asked(port, { method, path, body, cookie: cookies.get(port) })
    }
    const ask = async (ports: Ports, id: string): Promise<Told | null> =>
      told(id, await call(ports, `/api/operations/${id}`))
    return {
      work: async (ports, nth, tried) => {
        const wanted = DAY[nth % DAY.length] ?? DAY[0]
        const id = v7()
        tried(id)
        const got = await call(ports, '/api/operations', { id, ...wanted })
        // Whoever was told of it before an answer, the device or the bank, relies on it too.
        const begun: Told = { id, state: 'begun', said: id, isMaybe: true }
        return got === null ? [begun] : [begun, ...(await untilEnded(ports, told(id, got), ask))]
      },
      ask,
    }
  },
  // Asked while nobody else is there: what was certain is, what was open is known.
  isKept: (told, now) => (isCertain(told) ? now === told : now !== null),
}

/** A card is read beside the answer: what is under way is asked after until it is not. */
async function untilEnded(
  ports: Ports,
  first: Told | null,
  ask: (ports: Ports, id: string) => Promise<Told | null>,
): Promise<Told[]> {
  const all: Told[] = []
  for (let now = first; now !== null; ) {
    all.push(now)
    if (!/^(intended|asking) /.test(now.state)) break
    await pause(50)
    now = await ask(ports, now.id)
  }
  return all
}

const isCertain = (state: string): boolean => /^(registered|failed|cancelled) /.test(state)

function told(id: string, got: { status: number; text: string } | null): Told | null {
  const view = got?.status === 200 ? operationView.safeParse(parseJson(got.text)).data : null
  return got && view ? { id, state: `${view.state} ${view.uid}`, said: got.text } : null
}

async function signIn(port: number, cookies: Map<number, string>): Promise<void> {
  const [{ name: user, pin }] = people
  const got = await asked(port, { method: 'POST', path: '/api/session', body: { user, pin } })
  if (got?.cookie) cookies.set(port, got.cookie)
}
