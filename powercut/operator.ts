import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { operatorApi } from '#core/api/operator.ts'
import { demoShop } from '#core/demo/shop.ts'
import { GENESIS, type Sealed, seal } from '#core/document/document.ts'
import { ZERO } from '#core/money.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import { programOf } from './shop.ts'
import type { Store } from './store.ts'

// The till's device sends documents by its own key; there is no SKO service behind it.

const HEAD = 'head'
const BATCH = 3
type Submitted = Sealed & { number: number; operation: string }

export const operator: Store = {
  neighbours: [],
  program: (data, near) => programOf('operator', data, near),
  open: (data) => {
    const device = tillDevice(data)
    const path = `/api/devices/${device.serial}`
    const chain: Submitted[] = []
    const head = async ({ port }: Ports) => {
      const got = await asked(port, { method: 'GET', path: `${path}/head` })
      const read = operatorApi.head.reply.safeParse(parseJson(got?.text ?? ''))
      return got && read.success ? { number: read.data.acknowledged, said: got.text } : null
    }
    return {
      work: async (ports, _, tried) => {
        const from = (await head(ports))?.number ?? 0
        while (chain.length < from + BATCH) chain.push(nextOf(chain, device))
        const documents = chain.slice(from, from + BATCH)
        for (const { number, operation } of documents) tried(`${number} ${operation}`)
        tried(HEAD)
        const body = { documents: documents.map(({ operation, ...sent }) => sent) }
        const got = await asked(ports.port, { method: 'POST', path: `${path}/documents`, body })
        const stored = operatorApi.submit.reply.safeParse(parseJson(got?.text ?? '')).data
        if (!got || !stored) return []
        const told = (id: string, state: string) => ({ id, state, said: got.text })
        return [
          told(HEAD, String(stored.acknowledged)),
          ...documents
            .filter(({ number }) => number <= stored.acknowledged)
            .map(({ number, operation, uid }) => told(`${number} ${operation}`, uid)),
        ]
      },
      ask: async (ports, id) => {
        if (id === HEAD) {
          const found = await head(ports)
          return found && { id, state: String(found.number), said: found.said }
        }
        const [expected, operation] = id.split(' ')
        const query = `${path}/outcome/${operation}?expected=${expected}`
        const got = await asked(ports.port, { method: 'GET', path: query })
        const read = operatorApi.outcome.reply.safeParse(parseJson(got?.text ?? '')).data
        if (!got || read?.verdict !== 'done') return null
        return { id, state: read.sealed.uid, said: got.text }
      },
    }
  },
  isKept: (told, now) => (/^\d+$/.test(told) ? Number(now) >= Number(told) : told === now),
}

const known = z.object({
  devices: z.array(z.object({ serial: z.string(), registerNumber: z.int() })).min(1),
})

function tillDevice(data: string) {
  const seed = JSON.parse(readFileSync(join(data, 'stand', 'operator-seed.json'), 'utf8'))
  const [device] = known.parse(seed).devices
  if (!device) throw new Error('the demo has no device')
  const pem = readFileSync(join(data, 'sko', 'keys', `${device.serial}.pem`))
  return {
    serial: device.serial,
    registerNumber: device.registerNumber,
    key: createPrivateKey(pem),
  }
}

/** Shift opening, then deposits of nothing: what is stored is what counts here. */
function nextOf(chain: readonly Submitted[], device: ReturnType<typeof tillDevice>): Submitted {
  const number = chain.length + 1
  const operation = v7()
  const { registerNumber, serial, key } = device
  const sealed = seal(
    {
      v: 1,
      issuer: { ...demoShop, registerNumber, device: serial },
      number,
      shift: 1,
      kind: number === 1 ? 'shift-opening' : 'deposit',
      at: Date.now(),
      cashier: 'Ivanova',
      currency: 'BYN',
      operation,
      lines: [],
      discount: ZERO,
      markup: ZERO,
      payments: [],
      settlement: { cash: ZERO, card: ZERO, other: ZERO, change: ZERO },
      sum: ZERO,
      vat: [],
      basis: null,
      cash: ZERO,
      report: null,
      previous: chain.at(-1)?.hash ?? GENESIS,
    },
    {
      hash: sha256,
      sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    },
  )
  return { ...sealed, number, operation }
}
