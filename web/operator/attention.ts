import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { type RegisterState, statesOf } from '#core/operator/health.ts'
import type { Moment } from '#core/time.ts'
import type { ClientWords } from '#core/words/client/ru.ts'

export type OwnRegister = Reply<(typeof operatorCabinetApi)['registers']>['registers'][number]
type Evidence = Pick<Reply<(typeof operatorCabinetApi)['evidence']>, 'marked'>

/** What a client should look at: of which register, and what there is to say of it. */
export type Attention = {
  code: keyof ClientWords['home']['codes']
  tone: 'red' | 'amber' | 'grey'
  register: OwnRegister
  reason: string | null
  from: Moment | null
  till: Moment | null
  /** Documents with marks, the newest first. */
  uids: readonly string[]
}

/** What holds of a register of one's own, the worst first. */
export const statesOfOwn = (register: OwnRegister, now: Moment): RegisterState[] =>
  statesOf(
    {
      forked: register.forked,
      forgotten: register.forgotten,
      blocked: isLaid(register, 'block'),
      warned: isLaid(register, 'warning'),
      heardAt: register.heardAt,
      oldestUnsentAt: register.oldestUnsentAt,
      redSince: register.redSince,
    },
    now,
  )

const isLaid = ({ measures }: OwnRegister, kind: 'block' | 'warning'): boolean =>
  measures.some((measure) => measure.kind === kind && measure.inForce)

const tones = { red: 0, amber: 1, grey: 2 } as const

/** All that needs a client's attention, the worst first. */
export function attentionOf(
  registers: readonly OwnRegister[],
  { marked }: Evidence,
  now: Moment,
): Attention[] {
  const found = registers.flatMap((register) => {
    const uids = marked.filter(({ device }) => device === register.device).map(({ uid }) => uid)
    return [...seen(register, now), ...laid(register), ...odd(register, uids)]
  })
  return found.toSorted((one, other) => tones[one.tone] - tones[other.tone])
}

const nothing = { reason: null, from: null, till: null, uids: [] }

function seen(register: OwnRegister, now: Moment): Attention[] {
  const states = statesOfOwn(register, now)
  const told = (
    code: 'forked' | 'put-back' | 'red' | 'silent',
    tone: Attention['tone'],
  ): Attention[] =>
    states.includes(code) ? [Object.assign({ code, tone, register }, nothing)] : []
  const red = told('red', 'red').map((each) => Object.assign(each, { from: register.redSince }))
  return [...told('forked', 'red'), ...told('put-back', 'red'), ...red, ...told('silent', 'grey')]
}

const laid = (register: OwnRegister): Attention[] =>
  register.measures.map(({ kind, reason, from, till, inForce }) => {
    const name = kind === 'block' ? 'blocked' : 'warned'
    return {
      code: inForce ? name : `${name}-ahead`,
      tone: kind === 'block' && inForce ? 'red' : 'amber',
      register,
      reason,
      from,
      till,
      uids: [],
    }
  })

const odd = (register: OwnRegister, uids: readonly string[]): Attention[] =>
  uids.length === 0
    ? []
    : [Object.assign({ code: 'marked', tone: 'amber', register } as const, nothing, { uids })]
