import type { Context as Call } from 'hono'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { cabinetRegistersApi } from '#core/api/operator-cabinet/registers.ts'
import {
  isOver,
  type MeasureKind,
  MOST_STANDING,
  standingMeasures,
} from '#core/operator/measure.ts'
import { unsentBy } from '#core/operator/report.ts'
import { actorOf } from '#services/runtime/actors.ts'
import type { OperatorPorts } from '../ports.ts'
import * as store from '../store/measures.ts'
import { registersOf } from '../store/registers.ts'
import { unpOf, type Visitor } from './door.ts'

/** Registers, and what the operator does about them. */
export function registersHandlers(
  ports: OperatorPorts,
): Handlers<typeof cabinetRegistersApi, Visitor, Call> {
  const { db, clock } = ports
  const set = (kind: MeasureKind) => (asked: Asked, by: Visitor) =>
    setMeasure(ports, { kind, by }, asked)
  const lift =
    (kind: MeasureKind) =>
    async ({ register, measure, ahead, reason }: Lifted, by: Visitor) => {
      const act = Object.assign({ register, kind }, actorOf(by, clock.now()))
      const which = measure ?? liftingOf(ahead)
      const lifting = { which, reason: reason ?? null }
      const known = await db.transaction((sql) => store.liftMeasure(sql, act, lifting))
      return known ? done({}) : unknownRegister(register)
    }
  return {
    registers: async (_, { account }) => {
      const now = clock.now()
      const rows = await registersOf(db, unpOf(account), now)
      const numbers = rows.map(({ registerNumber }) => registerNumber)
      const measures = await store.measuresOf(db, numbers, now)
      const registers = rows.map(({ made, ...row }) => ({
        ...row,
        unsent: unsentBy(made, row.number),
        measures: standingMeasures(measures(row.registerNumber), now),
      }))
      return done({ registers, asOf: now })
    },
    measures: async ({ register }, { account }) => {
      const isStaff = account.role === 'staff'
      const rows = await store.measureHistory(db, register, isStaff ? null : unpOf(account))
      if (!rows) return unknownRegister(register)
      return done({ measures: rows.map((row) => shown(row, { isStaff, now: clock.now() })) })
    },
    warn: set('warning'),
    unwarn: lift('warning'),
    block: set('block'),
    unblock: lift('block'),
  }
}

const liftingOf = (ahead: boolean | undefined): store.Lifting => {
  if (ahead === undefined) return 'nearest'
  return ahead ? 'all' : 'in-force'
}

type Lifted = {
  register: number
  measure?: number | undefined
  ahead?: boolean | undefined
  reason?: string | undefined
}
type Asked = {
  register: number
  reason: string
  from?: number | undefined
  till?: number | null | undefined
}

/** What is laid on a register works from now on at the earliest; it is written down who did it. */
async function setMeasure(
  { db, clock }: OperatorPorts,
  { kind, by }: { kind: MeasureKind; by: Visitor },
  { register, reason, from: asked, till = null }: Asked,
) {
  const now = clock.now()
  const from = Math.max(asked ?? now, now)
  if (isOver({ till }, from)) return endsBeforeStart
  const act = Object.assign({ register, kind }, actorOf(by, now))
  const laid = await db.transaction((sql) => store.setMeasure(sql, act, { reason, from, till }))
  switch (laid) {
    case 'laid':
      return done({})
    case 'unknown':
      return unknownRegister(register)
    case 'many':
      return refused('measures.many', { limit: MOST_STANDING })
    default:
      return laid satisfies never
  }
}

const endsBeforeStart = invalid('till', 'ends-before-start')

const unknownRegister = (register: number) => refused('register.unknown', { register })

/** Who of the operator's people it was is for the operator's people. */
function shown(
  { setBy, liftedBy, ...row }: store.MeasureRow,
  { isStaff, now }: { isStaff: boolean; now: number },
) {
  return {
    ...row,
    setBy: isStaff ? setBy : null,
    liftedBy: isStaff ? liftedBy : null,
    state: stateOf(row, now),
  }
}

function stateOf(row: Pick<store.MeasureRow, 'from' | 'till' | 'liftedAt'>, now: number) {
  if (row.liftedAt !== null) return 'lifted' as const
  if (isOver(row, now)) return 'over' as const
  return row.from <= now ? ('in-force' as const) : ('ahead' as const)
}
