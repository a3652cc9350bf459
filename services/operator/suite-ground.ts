// What the promises of suite.ts and suite-trust.ts stand on.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { client, type Send } from '#core/api/client.ts'
import type { Client, Outcome } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import type { FiscalDocument } from '#core/document/document.ts'
import { isAttested } from '#core/operator/statement.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { believesOperator, operatorKey } from '#shop/enrolment.ts'
import { aChain, type aClock, aKey, anIssuer } from '#test/fixtures.ts'
import { sowOperator } from './seed.ts'

/** A sender to the app in this process that keeps its cookie, as a browser does. */
export function inProcess(app: Hono): Send & { cookie: () => string } {
  let cookie = ''
  const send: Send = async ({ method, path, body }) => {
    const headers = { cookie, 'content-type': 'application/json' }
    const response = await app.request(path, { method, headers, ...(body && { body }) })
    const set = response.headers.get('set-cookie')
    if (set !== null) cookie = set
    return { status: response.status, body: await response.text() }
  }
  return Object.assign(send, { cookie: () => cookie })
}

export const signing = { key: operatorKey, verify: believesOperator }

export type Ground = { db: Postgres; app: Hono; clock: ReturnType<typeof aClock> }

/** A client with an account, a register and its device, and the wires of both. */
export async function aClient({ db, app }: Ground, devices = 1) {
  const nth = Number.parseInt(randomUUID().slice(0, 6), 16)
  const unp = String(100_000_000 + nth)
  const email = `${unp}@demo.by`
  const owned = Array.from({ length: devices }, (_, i) => {
    const registerNumber = 200_000_000 + nth * 10 + i
    const key = aKey()
    const device = `D${registerNumber}`
    return { device, registerNumber, key, issuer: anIssuer({ unp, device, registerNumber }) }
  })
  await sowOperator(db, {
    clients: [{ unp, company: `ООО «${unp}»` }],
    accounts: [{ email, password: 'demo', role: 'client', unp }],
    registers: owned.map(({ registerNumber }) => ({
      registerNumber,
      unp,
      place: 'Магазин',
      address: 'Минск',
    })),
    devices: owned.map(({ device, registerNumber, key }) => ({
      serial: device,
      registerNumber,
      publicKey: key.publicKeyPem,
    })),
  })
  const [first] = owned
  assert.ok(first)
  const send = inProcess(app)
  return {
    ...first,
    owned,
    unp,
    email,
    send,
    api: client(operatorApi, send),
    cabinet: client(operatorCabinetApi, send),
    chain: (length: number, change: (n: number) => Partial<FiscalDocument> = () => ({})) =>
      aChain(first.key, {
        count: length,
        change: (n) => ({ issuer: first.issuer, ...change(n) }),
      }),
  }
}

export async function aVisitor(ground: Ground, devices = 1) {
  const one = await aClient(ground, devices)
  const signed = await one.cabinet.signIn({ email: one.email, password: 'demo' })
  assert.equal(signed.kind, 'done')
  return one
}

/** One of the operator's own people, signed in. */
export async function aStaff({ db, app }: Ground) {
  const email = `${randomUUID()}@operator.by`
  const account = { email, password: 'demo', role: 'staff', unp: null } as const
  await sowOperator(db, { clients: [], accounts: [account], registers: [], devices: [] })
  const send = inProcess(app)
  const cabinet = client(operatorCabinetApi, send)
  assert.equal((await cabinet.signIn({ email, password: 'demo' })).kind, 'done')
  return { email, send, cabinet }
}

/** The value of an answer that must be «done». */
export function doneOf<T>(answer: Outcome<T>): T {
  assert.ok(answer.kind === 'done', JSON.stringify(answer))
  return answer.value
}

/** The code of an answer that must be a refusal. */
export function codeOf(answer: Outcome<unknown>): string {
  assert.ok(answer.kind === 'refused', JSON.stringify(answer))
  return answer.code
}

type Acknowledging = Awaited<ReturnType<Client<typeof operatorApi>['head' | 'submit']>>

/** How far the operator says it is, by its signature as well. */
export function storedIn(answer: Acknowledging): number {
  assert.ok(answer.kind === 'done', JSON.stringify(answer))
  const { acknowledged, proof } = answer.value
  assert.ok(proof && isAttested(proof, believesOperator))
  assert.equal(proof.statement.number, acknowledged)
  return acknowledged
}
