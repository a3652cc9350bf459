import type { MachinePlace, Weighed } from '#core/api/register-equipment.ts'
import { readWeight } from '#core/register/weight.ts'
import { openMachineLine } from './machine-line.ts'

export type Weigh = (place: MachinePlace) => Promise<Weighed>

// A scale says a few short lines; whoever says more is none.
const LONGEST_TALK = 1000
const WHO = Buffer.from('I4\r\n')
const WEIGH = Buffer.from('S\r\n')

/**
 * Weighs what lies on a scale by MT-SICS. It is asked for its serial number first («I4»): what it
 * still says before that answer is of an older question, and never the weight of these goods. A
 * scale that knows itself, and no weight within `deadlineMs`, has found none that stands still.
 */
export const openScale =
  ({ deadlineMs }: { deadlineMs: number }): Weigh =>
  (place) =>
    new Promise((resolve) => {
      let send = (_: Uint8Array) => {}
      let unread = ''
      let isAsked = false
      const finish = (weighed: Weighed) => void close().then(() => resolve(weighed))
      const none = (heard: Exclude<Weighed['heard'], 'stable'>) => finish({ heard, grams: null })
      const close = openMachineLine(place, AbortSignal.timeout(deadlineMs), {
        opened: (write) => {
          send = write
          send(WHO)
        },
        broken: (why) => none(isAsked && why === 'no-answer' ? 'unstable' : why),
        heard: (part) => {
          unread += part.toString('latin1')
          if (unread.length > LONGEST_TALK) return none('garbled')
          const lines = unread.split('\n')
          unread = lines.pop() ?? ''
          for (const line of lines) {
            if (isAsked) {
              const weight = readWeight(line)
              if (weight) return finish(weight)
            } else if (/^(I4|ES|EL|ET)\b/.test(line.trim())) {
              isAsked = true
              send(WEIGH)
            }
          }
        },
      })
    })
