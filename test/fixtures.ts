import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  type FiscalDocument,
  GENESIS,
  type Issuer,
  type Sealed,
  seal,
} from '#core/document/document.ts'
import type { Kind } from '#core/document/kinds.ts'
import type { Line } from '#core/document/totals.ts'
import type { OperationId } from '#core/id.ts'
import { type Kopecks, kopecks, thousandths, ZERO } from '#core/money.ts'
import type { Operation } from '#core/register/operation.ts'

// One constructor per thing; what a test does not name has a lawful default.

export const NOW = Date.UTC(2026, 10, 23, 9, 0, 0)

export const anIssuer = (change: Partial<Issuer> = {}): Issuer => ({
  company: 'ООО «Василёк»',
  unp: '190275968',
  place: 'Магазин «Василёк»',
  address: 'г. Минск, пр-т Независимости, 1',
  registerNumber: 100_000_001,
  device: 'SKO0000001',
  ...change,
})

const aLine = (price: Kopecks): Line => ({
  name: 'Хлеб «Нарочанский»',
  code: '4810268036606',
  price,
  quantity: thousandths(1000),
  discount: ZERO,
  markup: ZERO,
  vat: 10,
})

/** A document of goods for `sum` kopecks in cash, or a shift's opening or closing without money. */
export function aDocument(change: Partial<FiscalDocument> = {}): FiscalDocument {
  const kind: Kind = change.kind ?? 'sale'
  const money = kind !== 'shift-opening' && kind !== 'shift-closing'
  const sum = change.sum ?? kopecks(money ? 1250 : 0)
  const goods = kind === 'sale' || kind === 'refund' || kind === 'annulment'
  return {
    v: 1,
    issuer: anIssuer(),
    number: 1,
    shift: 1,
    kind,
    at: NOW,
    cashier: 'Анна',
    currency: 'BYN',
    operation: null,
    lines: goods ? [aLine(sum)] : [],
    discount: ZERO,
    markup: ZERO,
    payments: money ? [{ means: 'cash', sum }] : [],
    settlement: { cash: sum, card: ZERO, other: ZERO, change: ZERO },
    sum,
    vat: [],
    basis: null,
    cash: sum,
    report: null,
    previous: GENESIS,
    ...change,
  }
}

export type TestKey = { privateKey: KeyObject; publicKeyPem: string }

export function aKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

/** What a till has to know of its device. */
export const anEnrolledDevice = (key: TestKey, { device, unp, registerNumber } = anIssuer()) => ({
  serial: device,
  unp,
  registerNumber,
  publicKey: key.publicKeyPem,
})

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

export const sealWith = (document: FiscalDocument, key: TestKey): Sealed & { number: number } => ({
  ...seal(document, {
    hash: hashOf,
    sign: (text) => sign(null, Buffer.from(text), key.privateKey).toString('base64'),
  }),
  number: document.number,
})

/** A chain of `count` documents, the first opening the shift; `change` may bend any of them. */
export function aChain(
  key: TestKey,
  {
    count,
    change = () => ({}),
  }: { count: number; change?: (number: number) => Partial<FiscalDocument> },
): (Sealed & { number: number })[] {
  const chain: (Sealed & { number: number })[] = []
  for (let number = 1; number <= count; number++) {
    const document = aDocument({
      number,
      kind: number === 1 ? 'shift-opening' : 'sale',
      at: NOW + number * 1000,
      previous: chain.at(-1)?.hash ?? GENESIS,
      ...change(number),
    })
    chain.push(sealWith(document, key))
  }
  return chain
}

/** A clock that stands still until it is moved. */
export function aClock(at = NOW) {
  let moment = at
  let elapsed = 0
  return {
    now: () => moment,
    elapsed: () => elapsed,
    advance: (ms: number) => {
      moment += ms
      elapsed += ms
    },
    /** Somebody puts the clock right, or wrong: no time passes. */
    jump: (ms: number) => {
      moment += ms
    },
  }
}

/** A cash sale at the moment it was begun. */
export const anOperation = (change: Partial<Operation> = {}): Operation => ({
  id: '0197a2b4-0000-7000-8000-000000000001' as OperationId,
  kind: 'sale',
  cashier: 'Анна',
  begunAt: NOW,
  command: {
    kind: 'sale',
    cashier: 'Анна',
    lines: [aLine(kopecks(1250))],
    discount: ZERO,
    markup: ZERO,
    payments: [{ means: 'cash', sum: kopecks(1250) }],
    total: kopecks(1250),
    basis: null,
  },
  bytes: '{}',
  guessed: false,
  expected: 2,
  sum: kopecks(1250),
  payments: [{ means: 'cash', sum: kopecks(1250) }],
  of: null,
  returns: [],
  request: '',
  grant: null,
  card: null,
  authorisation: 'none',
  reached: 'no',
  state: { is: 'intended', stage: 'fiscal' },
  signed: null,
  claim: null,
  notice: null,
  ...change,
})
