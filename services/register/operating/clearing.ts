import { judgeConfirmed } from '#core/register/judgement.ts'
import type { Event, Operation, Stage } from '#core/register/operation.ts'
import { isUnproved } from '#core/register/standing.ts'
import type { Moment } from '#core/time.ts'
import type { OperatorLink } from '../links/operator.ts'
import type { SkoLink } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'
import type { Engine } from './engine.ts'
import { decide, look, ownOf } from './inquiry.ts'
import type { CardTerminal } from './terminal.ts'

export type ClearingPorts = {
  store: RegisterStore
  sko: SkoLink
  operator: OperatorLink
  terminal: CardTerminal
  engine: Engine
  now: () => Moment
  /** Operations are cleared up without a person (S3.2). */
  clearing: () => boolean
}

/** Asks after what is not known for certain: red receipts, and people's words about them. */
export async function clearUp(ports: ClearingPorts): Promise<void> {
  await clearRed(ports)
  await checkWords(ports)
}

/** Red receipts end as soon as anybody can tell; with clearing off it only looks (R5). */
async function clearRed(ports: ClearingPorts): Promise<void> {
  for (const operation of ports.store.open()) {
    const { state } = operation
    if (state.is === 'red') await tell(ports, operation, await asked(ports, operation, state.stage))
    // Its device is replaced: nobody will ever put it back, and the sealed chain tells (0040).
    const isLeft = state.is === 'waiting' && ports.store.replacementSince(operation.id) !== null
    if (isLeft && ports.clearing()) {
      await tell(ports, operation, await asked(ports, operation, 'fiscal'))
    }
  }
}

function asked(ports: ClearingPorts, operation: Operation, stage: Stage): Promise<Event | null> {
  if (!ports.clearing()) return stage === 'fiscal' ? look(ports, operation) : nothing
  return stage === 'fiscal' ? decided(ports, operation) : ports.terminal.ask(operation)
}

/** Where nobody can tell, a word of the operator's people is taken as a person's would be (C2b). */
async function decided(ports: ClearingPorts, operation: Operation): Promise<Event | null> {
  const { event, word } = await decide(ports, operation)
  if (!word) return event
  const { evidence, answer } = word
  const { staff } = word.says
  const said = { person: staff.by, evidence, answer, staff, itself: true } as const
  if (word.says.verdict === 'never') return { type: 'denied', proof: 'unproved', ...said }
  const { claim } = word.says
  const heard = {
    evidence,
    signed: null,
    named: null,
    own: ownOf(ports, operation, claim),
    answered: true,
  }
  const judged = judgeConfirmed(operation, claim, heard)
  return 'code' in judged ? null : { type: 'confirmed', claim, signed: null, ...said }
}

const nothing = Promise.resolve(null)

/** Words that nobody could check are held against whoever speaks by now (S3.6, R6). */
export async function checkWords(ports: Omit<ClearingPorts, 'clearing'>): Promise<void> {
  for (const operation of ports.store.unproved()) {
    const { event } = await decide(ports, operation)
    // Somebody may have spoken meanwhile.
    const present = ports.store.operation(operation.id)
    if (present && isUnproved(present)) await tell(ports, present, event)
  }
}

async function tell(
  { engine }: Pick<ClearingPorts, 'engine'>,
  { id }: Operation,
  event: Event | null,
): Promise<void> {
  if (event && engine.hear(id, event)) await engine.drive(id)
}
