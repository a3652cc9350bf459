import { parseJson } from '#core/api/json.ts'
import { attest, type Statement } from '#core/operator/statement.ts'
import { demoIssuer } from '#shop/enrolment.ts'
import type { Delivered } from '#shop/wire.ts'
import type { Dice } from './dice.ts'
import type { Instead } from './weather.ts'

type Asked = Parameters<Instead>[0]
type Heard = { deliver: () => Promise<Delivered>; answer: Delivered }

/** What somebody in the operator's place does with a request; the true one may be asked. */
const tricks = {
  'makes an answer up': 5,
  'answers what was answered before': 4,
  refuses: 2,
  alters: 2,
  'says nothing': 1,
  'lets it through and refuses': 2,
  'asks again what was asked before': 2,
}

const refusals = ['device.unknown', 'register.blocked', 'document.gap', 'document.diverges']
const REMEMBERED = 40

/**
 * Somebody in the operator's place, or between it and the shop, who has not its key: whatever he
 * does, nothing counts as stored, nothing as settled, and the device does not stop.
 */
export function openOperatorImpostor(
  dice: Dice,
  { now, keyId }: { now: () => number; keyId: () => string },
): Instead {
  const heard: Heard[] = []
  const pass = async (deliver: Heard['deliver']): Promise<Delivered> => {
    const answer = await deliver()
    heard.push({ deliver, answer })
    if (heard.length > REMEMBERED) heard.shift()
    return answer
  }
  return async (asked, deliver) => {
    const before = dice.any(heard)
    switch (dice.weighted(tricks)) {
      case 'makes an answer up':
        return json(madeUp(asked, { dice, at: now(), keyId: keyId() }))
      case 'answers what was answered before':
        return before ? before.answer : pass(deliver)
      case 'refuses':
        return refusal(dice)
      case 'alters': {
        const answer = await pass(deliver)
        return answer && answer !== 'lost'
          ? { status: answer.status, body: bent(answer.body) }
          : answer
      }
      case 'says nothing':
        return { status: 200, body: '' }
      case 'lets it through and refuses':
        await pass(deliver)
        return refusal(dice)
      case 'asks again what was asked before':
        await before?.deliver()
        return pass(deliver)
    }
  }
}

const json = (body: object, status = 200): Delivered => ({ status, body: JSON.stringify(body) })

const refusal = (dice: Dice): Delivered =>
  json({ kind: 'refused', code: dice.pick(refusals as [string]), message: 'no', next: 'no' }, 409)

/** One document more is held, no block is in force, or «never» becomes «cannot tell» and back. */
const bent = (body: string): string =>
  body
    .replace(/"measures":\[.*?\]/, '"measures":[]')
    .replace(/"number":(\d+)/, (_, number) => `"number":${Number(number) + 1}`)
    .replace(/"verdict":"never"|"verdict":"cannot-tell"/g, (verdict) =>
      verdict === '"verdict":"never"' ? '"verdict":"cannot-tell"' : '"verdict":"never"',
    )

type Means = { dice: Dice; at: number; keyId: string }

/** The best that can be said without the key: the right form and nonce, in the operator's name. */
function madeUp({ path, body = '' }: Asked, { dice, at, keyId }: Means): object {
  const { pathname, searchParams } = new URL(path, 'http://operator')
  const [, , , device = '', what = '', operation = ''] = pathname.split('/')
  const { documents = [], nonce: sent } = (parseJson(body) ?? {}) as Sent
  const nonce = searchParams.get('nonce') ?? sent ?? null
  const key = () => ({ key: keyId, signature: dice.bytes(64).toString('base64') })
  const signed = (statement: Statement) => attest(statement, key)
  if (what === 'outcome') {
    const expected = Number(searchParams.get('expected'))
    const verdict = 'never'
    const statement = { says: 'outcome', device, operation, expected, verdict, before: null }
    const answered = Object.assign(statement, { hash: null, at, nonce: nonce ?? '' })
    return { verdict, proof: signed(answered as Statement) }
  }
  if (what === 'measures') {
    const about = { device, registerNumber: demoIssuer.registerNumber, measures: [] }
    return { proof: signed({ says: 'measures', ...about, at, nonce: nonce ?? '' }) }
  }
  const { number, hash } = documents.at(-1) ?? { number: dice.int(0, 400), hash: '0'.repeat(64) }
  const proof = signed({ says: 'stored', device, number, hash, at, nonce })
  return { acknowledged: number, proof }
}

type Sent = { documents?: Stored[]; nonce?: string }
type Stored = { number: number; hash: string }
