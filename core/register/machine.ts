/**
 * Why a machine on the counter was not reached, or fell silent before anything was sent to it:
 * nobody listens there, the way there is not found, no answer in time, the line went down, there is
 * no such device, it is none, the till may not open it, another program has it.
 */
export const machineFaults = [
  'refused',
  'unreachable',
  'no-answer',
  'closed',
  'no-device',
  'not-a-device',
  'forbidden',
  'in-use',
] as const
export type MachineFault = (typeof machineFaults)[number]
