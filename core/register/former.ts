import type { Facts } from '../api/facts.ts'
import { isDeviceFault } from '../sko/faults.ts'
import { deviceWords } from '../words/device.ts'
import type { Event } from './operation.ts'

// What older versions wrote: sentences in `why`, where facts stand now. The bytes on disk stay as
// they are, this turns what is read of them.

/** A code with the words that went with it. */
type Former = { code: string; why?: unknown }

const isFormer = (value: object): value is Former => 'why' in value && 'code' in value

/** Words that their code tells anyway are dropped, the rest is kept as it was said. */
function factsOf({ code, why }: Former): Facts {
  const said = String(why)
  const isPlain = isDeviceFault(code) && deviceWords.ru.faults[code] === said
  return isPlain || said === '' ? {} : { said }
}

/** An event of a journal of any version. */
export function readEvent(event: Event): Event {
  if (event.type === 'device' && event.outcome === 'refused' && isFormer(event)) {
    return { type: 'device', outcome: 'refused', code: event.code, facts: factsOf(event) }
  }
  if (event.type === 'bank' && event.outcome === 'declined' && isFormer(event)) {
    return { type: 'bank', outcome: 'declined', code: event.code }
  }
  if (event.type === 'told' && event.verdict === 'declined' && isFormer(event)) {
    return { type: 'told', by: event.by, verdict: 'declined', code: event.code }
  }
  return event
}
