import type { Context as Call } from 'hono'
import { invalid, refused } from '#core/api/contract.ts'
import type { Status } from '#core/api/register.ts'
import { supportAsked } from '#core/api/register-support.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import type { SupportAsked, SupportFile } from '#core/support/file.ts'
import { supportPage } from '#core/support/page.ts'
import { minskDay, printedMoment } from '#core/time.ts'
import { openDownloads } from '#services/runtime/download.ts'
import { answerRefused, spoken } from '#services/runtime/serve.ts'
import { gatherSupport } from '../operating/support.ts'
import type { Register } from '../register.ts'

/** What happened, for whoever helps from afar (K6): gathered anew for each who asks. */
export function openSupportExport(
  register: Register,
  statusOf: (register: Register) => Status,
): (call: Call) => Response {
  const download = openDownloads()
  const { people, signIn, acts, store, now } = register
  return (call) => {
    const person = people.bySession(signIn.tokenOf(call))
    const parsed = supportAsked.safeParse(call.req.query(), { reportInput: true })
    if (!parsed.success || !person) {
      const { field, fault, facts } = wrongField(parsed.error?.issues[0])
      return answerRefused(call, invalid(field, fault, facts))
    }
    const asked = askedOf(parsed.data)
    if (asked.is === 'operation' && !store.listed(asked.operation)) {
      return answerRefused(call, refused('operation.unknown'))
    }
    const by = { madeBy: person.user, language: person.language ?? spoken(call) }
    return download(call, person.user, () => {
      const facts = asked.is === 'operation' ? { operation: asked.operation } : {}
      acts.record({ person: person.user, what: 'support-gathered', facts })
      const told = () => gatherSupport(register, statusOf(register), { asked, ...by })
      return { name: nameOf(now()), type: 'text/html; charset=utf-8', chunks: written(told) }
    })
  }
}

function askedOf({ operation, day, last }: ReturnType<typeof supportAsked.parse>): SupportAsked {
  if (operation !== undefined) return { is: 'operation', operation }
  return day === undefined ? { is: 'last', count: last } : { is: 'day', day }
}

const nameOf = (at: number): string =>
  `support-${minskDay(at)}-${printedMoment(at).slice(11).replaceAll(':', '')}.html`

// A browser gets it in pieces, so that one who does not read holds up nobody.
const PIECE = 64 * 1024

async function* written(told: () => Promise<SupportFile>): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(supportPage(await told()))
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE)
}
