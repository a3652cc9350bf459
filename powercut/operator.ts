import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { operatorApi } from '#core/api/operator.ts'
import type { Sealed } from '#core/document/document.ts'
import { nextOf } from '../ha/tills.ts'
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
        while (chain.length < from + BATCH) {
          const operation = v7()
          const next = nextOf(Object.assign({ chain }, device), device.key, operation)
          chain.push(Object.assign(next, { operation }))
        }
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
