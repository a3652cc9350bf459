import { v7 as uuid } from 'uuid'
import { demoPeople } from '#core/demo/shop.ts'
import { httpSend } from '#services/runtime/send.ts'
import type { Shop } from './processes.ts'

export type Cashier = Awaited<ReturnType<typeof signIn>>

/** The cashier's own connection to the register. */
export async function signIn({ url }: Pick<Shop, 'url'>) {
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ user: demoPeople.cashier, pin: '1111' }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const send = httpSend(url, { deadlineMs: 30_000, headers: { cookie } })
  const operation = async (wish: object): Promise<void> => {
    const body = JSON.stringify({ id: uuid(), ...wish })
    const got = await send({ method: 'POST', path: '/api/operations', body })
    if (!('body' in got) || !got.body.includes('"registered"')) throw new Error(JSON.stringify(got))
  }
  const lines = [1, 2, 3].map((goods) => ({ goods, quantity: 1000 }))
  return {
    operation,
    /** A cash sale of three lines. */
    sell: () => operation({ kind: 'sale', lines, payments: [{ means: 'cash', sum: 10_000 }] }),
    get: async (path: string): Promise<string> => {
      const got = await send({ method: 'GET', path })
      if (!('body' in got) || got.status !== 200) throw new Error(`${path} ${JSON.stringify(got)}`)
      return got.body
    },
    close: () => send.close(),
  }
}
