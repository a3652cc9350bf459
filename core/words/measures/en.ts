import type { Facts } from '../../api/facts.ts'
import { printedMoment } from '../../time.ts'
import type { MeasuresWords } from './ru.ts'

const minute = (at: number): string => printedMoment(at).slice(0, 16)

const BLOCKED = 'Work is forbidden. The register is blocked.'
const because = ({ said }: Facts): string => (said === undefined ? '' : ` Reason: ${said}`)

export const measuresEn: MeasuresWords = {
  blocked: BLOCKED,
  blockedBecause: (facts) => `${BLOCKED}${because(facts)}`,
  warned: 'The operator warns that the register will be blocked',
  warnedBecause: (facts) =>
    `The operator warns that the register will be blocked.${because(facts)}`,
  reason: (reason) => `Reason: ${reason}`,
  callOperator: 'To solve this, call the operator of registers, ООО «Настоящая Цифровая»',
  avert:
    'To avert it, remove the cause or call the operator of registers, ООО «Настоящая Цифровая»',
  opensItself: 'This window cannot be closed. The shift opens by itself when the time is up',
  seconds: (left) => `${left} s`,
  opening: 'Opening the shift…',
  blockAhead: (from) => `From ${minute(from)} the register will be blocked`,
  warningAhead: (from) => `From ${minute(from)} the operator warns of a block`,
  blockedInShift: 'The register is blocked by the operator: no new shift will open',
  finishShift: 'The open shift can be finished and closed',
  warningIsRead: 'When a shift opens, the warning is read for 60 seconds',
  until: (till) => `In force until ${minute(till)}`,
}
