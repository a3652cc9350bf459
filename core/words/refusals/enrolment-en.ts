import type { enrolmentRefusalsRu } from './enrolment-ru.ts'
import type { Say } from './say.ts'

/** Refusals of keys: of whoever asks to be enrolled, and of tills that ask about themselves. */
export const enrolmentRefusalsEn: Record<keyof typeof enrolmentRefusalsRu, Say> = {
  'till.unproven': () => ({
    message: 'The question is not signed by the till’s key',
    next: 'Connect the till anew',
  }),
  'enrolment.unproven': () => ({
    message: 'The request is not signed by the device’s key',
    next: 'Start the register or the SKO anew',
  }),
  'enrolment.taken': ({ device }) => ({
    message: `No. ${device ?? '…'} is registered at the operator already`,
    next: 'Ask the operator of software registers',
  }),
  'enrolment.unknown': () => ({
    message: 'There is no such request to connect',
    next: 'It is asked anew by itself',
  }),
  'enrolment.code': () => ({
    message: 'There is no such code, or its time is over',
    next: 'Compare it with what the register or the SKO shows: it changes every 10 minutes',
  }),
  'enrolment.guessed': ({ waitMs = 0 }) => ({
    message: 'Too many wrong codes',
    next: `Try again in ${Math.ceil(waitMs / 1000)} s`,
  }),
  'enrolment.no-device': ({ register: number }) => ({
    message: `The register with RN SKKO ${number ?? '…'} has no SKO yet`,
    next: 'Connect the SKO first, then the register',
  }),
  'enrolment.occupied': ({ device }) => ({
    message: `The place is taken: No. ${device ?? '…'} is connected there already`,
    next: 'Check the RN SKKO',
  }),
}
