import type { Operation } from '#core/register/operation.ts'
import { isOpen, verbsNow } from '#core/register/standing.ts'
import { HOUR } from '#core/time.ts'
import type { RefusalName } from '#core/words/refusals.ts'
import { NOW } from './fixtures.ts'
import { documentOf, type Press } from './way-out-presses.ts'
import { block, keyOf, step } from './way-out-search.ts'
import type { ValueTill } from './way-out-till.ts'
import { fair, type TillState, type Weather } from './way-out-world.ts'

// From a state, with faults removed, to a closed shift: the wish is pressed, and where it is turned
// away the step that the refusal names.

/** A step of the way: a press at the till, or what somebody does beside it. */
export type Step = Press | 'send' | 'put the newest back' | 'switch clearing on' | 'nothing'

const open = ({ operations }: TillState): Operation | undefined => operations.find(isOpen)

/** What the receipt's own page offers, by what device and operator show there. */
function resolve(state: TillState): Step {
  const operation = open(state)
  if (!operation) return 'nothing'
  if (operation.state.is === 'warned') return 'window up'
  const [verb] = verbsNow(operation)
  switch (verb) {
    case 'continue':
      return 'continue'
    case 'cancelUnfinished':
      return 'cancel'
    case 'confirm':
      return documentOf(state, operation) ? 'confirm' : 'deny'
    default:
      return 'nothing'
  }
}

type Next = {
  step: (state: TillState) => Step
  /** What its `next` must say, in Russian, for a person to press that. */
  says: RegExp
}
const always = (one: Step) => () => one

/** The step that the `next` of each refusal names. */
export const nexts = {
  'operation.red': { step: resolve, says: /Откройте чек и уточните операцию/ },
  'operation.open': { step: resolve, says: /Дождитесь её завершения или откройте чек/ },
  'shift.closed': { step: always('open'), says: /Откройте смену/ },
  'shift.opened': { step: always('close'), says: /Продолжайте работу/ },
  'shift.over24h': { step: always('withdrawal'), says: /изъятие наличных и закройте смену/ },
  'shift.blocked': { step: always('nothing'), says: /оператор/ },
  'billing.forbids': { step: always('nothing'), says: /Проверить ещё раз/ },
  'drawer.not-empty': { step: always('withdrawal'), says: /изъятие на всю сумму и закройте/ },
  'drawer.not-enough': { step: always('deposit'), says: /«Внесение»/ },
  discrepancy: { step: always('correct'), says: /Аварийную коррекцию/ },
  'sko.diverged': { step: always('put the newest back'), says: /оператору программных касс/ },
  'unsent.over7days': { step: always('send'), says: /Устраните причину/ },
  'sko.away': { step: always('nothing'), says: /Проверьте подключение СКО и повторите/ },
  'reversal.pending': { step: always('nothing'), says: /наличными или повторите/ },
  'basis.exhausted': { step: always('nothing'), says: /Уменьшите количество/ },
  'basis.unproved': { step: always('nothing'), says: /Верните связь с СКО/ },
  'claim.wrong': { step: resolve, says: /Сверьте поле/ },
  'claim.no-document': { step: always('deny'), says: /«НЕУСПЕШНО»/ },
  'claim.not-yet': { step: always('send'), says: /Дождитесь отправки документов/ },
  'answer.cannot-tell': { step: resolve, says: /когда документы дойдут до оператора/ },
  'deny.exists': { step: always('confirm'), says: /«УСПЕШНО»/ },
  'deny.unsent': { step: always('send'), says: /неотправленных станет 0, повторите/ },
  'cancel.exists': { step: always('switch clearing on'), says: /включённом «Автоматическом/ },
  'correction.needless': { step: always('close'), says: /Продолжайте работу/ },
  'correction.stale': { step: always('correct'), says: /«Получить актуальные данные»/ },
} satisfies Partial<Record<RefusalName, Next>>

const nextOf = (code: string): Next | undefined => (nexts as Partial<Record<string, Next>>)[code]

/** What is left over of the trouble when faults are removed. */
export type Rest = { foreign: boolean; clearing: boolean; isLate: boolean; isOldUnsent: boolean }

const weatherOf = ({ foreign, clearing, isLate, isOldUnsent }: Rest): Weather => ({
  ...fair,
  foreign,
  clearing,
  isOldUnsent,
  now: isLate ? NOW + 25 * HOUR : NOW,
  // Neither keeps a shift from being closed.
  measures: block,
  unbilled: true,
})

/** No shift, on either side, and nothing that stands open. */
const isClosed = (state: TillState): boolean =>
  !state.ledger.shift && !state.device.shift && !open(state)

export type Walked = { path: string[]; steps: number } & ({ stuck: null } | { stuck: string })

const LONGEST_WAY = 16

/** Walks to a closed shift; `first`: a refusal that somebody met, whose step is taken first. */
export async function walk(
  till: ValueTill,
  from: TillState,
  { rest, known, first }: { rest: Rest; known: Set<string>; first: string | null },
): Promise<Walked> {
  let weather = weatherOf(rest)
  const keyIn = (at: TillState) =>
    `${keyOf(at, weather.now)} ${weather.clearing} ${weather.isOldUnsent}`
  let state = from
  let code = isAgain(first) ? null : first
  const passed: string[] = []
  const path: string[] = []
  for (let steps = 0; steps < LONGEST_WAY; steps += 1) {
    if (code === null) {
      const key = keyIn(state)
      if (isClosed(state) || known.has(key)) {
        for (const each of passed) known.add(each)
        return { path, steps, stuck: null }
      }
      passed.push(key)
    }
    const next = code === null ? null : nextOf(code)
    if (next === undefined) return { path, steps, stuck: `nobody says what to do: ${code}` }
    const press: Step = next ? next.step(state) : 'close'
    path.push(press)
    if (press === 'send') weather = { ...weather, isOldUnsent: false }
    if (press === 'switch clearing on') weather = { ...weather, clearing: true }
    if (press === 'send' || press === 'nothing' || isBeside(press)) {
      code = null
      state = (await step(till, state, { press: 'clear', weather })).after[0] ?? state
      continue
    }
    const { after, turned } = await step(till, state, { press, weather })
    const [now] = after
    state = now ? ((await step(till, now, { press: 'clear', weather })).after[0] ?? now) : state
    code = turned === null || isAgain(turned.code) ? null : turned.code
    if (turned) path.push(turned.code)
  }
  return { path, steps: LONGEST_WAY, stuck: 'the way does not end' }
}

/** What was begun and came to nothing is asked for again. */
const isAgain = (code: string | null): boolean => code?.startsWith('failed') ?? false

const isBeside = (press: Step): press is Exclude<Step, Press> =>
  press === 'put the newest back' || press === 'switch clearing on'
