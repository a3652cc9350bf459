import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import { v7 } from 'uuid'
import { client } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { demoShop } from '#core/demo/shop.ts'
import { type FiscalDocument, GENESIS, type Sealed, seal } from '#core/document/document.ts'
import { ZERO } from '#core/money.ts'
import { isAttested, type VerifyBy } from '#core/operator/statement.ts'
import { SECOND } from '#core/time.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { httpSend } from '#services/runtime/send.ts'

const BATCH = 3
const AGAIN_MS = 250
const DEADLINE_MS = 10 * SECOND

export type Till = {
  serial: string
  registerNumber: number
  publicKey: string
  chain: Sent[]
  /** How far the operator said, signed, that it stores for ever. */
  acknowledged: number
  /** When it was told so, by a clock that never goes back. */
  told: number[]
  /** What no operator that keeps its word says. */
  broken: string[]
}
type Sent = Sealed & { number: number }

/** Devices with keys of their own, as the operator is to know them. */
export function makeTills(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const registerNumber = 188_000_000 + index
    const till: Till = {
      serial: `AVQ${registerNumber}00`,
      registerNumber,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      chain: [],
      acknowledged: 0,
      told: [],
      broken: [],
    }
    return { till, key: privateKey }
  })
}

export const seedOf = (tills: readonly Till[]) => ({
  clients: [{ unp: demoShop.unp, company: demoShop.company }],
  accounts: [],
  registers: tills.map(({ registerNumber }) => ({
    registerNumber,
    unp: demoShop.unp,
    place: demoShop.place,
    address: demoShop.address,
  })),
  devices: tills.map(({ serial, registerNumber, publicKey }) => ({
    serial,
    registerNumber,
    publicKey,
  })),
})

type Work = { operator: string; verify: VerifyBy; restMs: number; isOver: () => boolean }

/** Sends a till's documents as its courier would: the same batch again until it is acknowledged. */
export async function work({ till, key }: { till: Till; key: KeyObject }, how: Work) {
  const send = httpSend(how.operator, { deadlineMs: DEADLINE_MS })
  const operator = client(operatorApi, send)
  while (!how.isOver()) {
    grow({ till, key }, till.acknowledged + BATCH)
    const documents = till.chain.slice(till.acknowledged, till.acknowledged + BATCH)
    const answer = await operator.submit({ device: till.serial, documents })
    if (answer.kind === 'done') hear(till, answer.value.proof, how.verify)
    // Nothing that was acknowledged is missing, and nothing of it is another: else it says so.
    else if (answer.kind === 'refused') {
      till.broken.push(`${new Date().toISOString()} ${answer.code}`)
    }
    await rest(answer.kind === 'done' ? how.restMs : AGAIN_MS)
  }
  send.close()
}

/** Seals documents until the chain has so many. */
export function grow({ till, key }: { till: Till; key: KeyObject }, count: number): void {
  while (till.chain.length < count) till.chain.push(nextOf(till, key))
}

type Proof = Parameters<typeof isAttested>[0]

function hear(till: Till, proof: Proof | undefined, verify: VerifyBy): void {
  if (!proof || !isAttested(proof, verify) || proof.statement.says !== 'stored') {
    till.broken.push('an acknowledgement is not signed')
    return
  }
  const { device, number, hash } = proof.statement
  const isOwn = device === till.serial && hash === (till.chain[number - 1]?.hash ?? GENESIS)
  if (!isOwn || number < till.acknowledged) {
    till.broken.push(`told ${number} after ${till.acknowledged}`)
    return
  }
  till.acknowledged = number
  till.told.push(performance.now())
}

/** The opening of a shift, then deposits of nothing: what is stored is what counts here. */
export function nextOf(
  {
    chain,
    serial,
    registerNumber,
  }: Pick<Till, 'serial' | 'registerNumber'> & { chain: readonly Sent[] },
  key: KeyObject,
  operation = v7(),
): Sent {
  const number = chain.length + 1
  const document: FiscalDocument = {
    v: 1,
    issuer: Object.assign({}, demoShop, { registerNumber, device: serial }),
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
  }
  const signed = (text: string) => sign(null, Buffer.from(text), key).toString('base64')
  return Object.assign(seal(document, { hash: sha256, sign: signed }), { number })
}
