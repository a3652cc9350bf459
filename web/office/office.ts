import type { OfficeRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { client } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { useStore } from '#web/ui/hooks.ts'
import { sentenceOf, type Trouble } from '#web/ui/trouble.ts'
import { openVisit, type Visit } from '#web/ui/visit.ts'

export type Session = Reply<(typeof officeCabinetApi)['session']>

export const visit: Visit<Session> = openVisit({
  session: () => office.session({}),
  signOut: () => office.signOut({}),
  chooseLanguage: (language) => office.chooseLanguage({ language }),
})

/** The office behind this page. */
export const office = client(officeCabinetApi, visit.send)

/** Whether whoever has signed in has the right: what she has not, no button offers (R26). */
export const useEntitled = (right: OfficeRight): boolean =>
  may(useStore(visit.store).session, right)

/** What to tell the person of an answer that brought nothing. */
export const told = (answer: Trouble): string => sentenceOf('office', answer)
