import type { OfficeRight } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { client } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import type { Language } from '#core/words/language.ts'
import { useStore } from '#web/ui/hooks.ts'
import { speak } from '#web/ui/language.ts'
import { fetchSend } from '#web/ui/send.ts'
import { openStore } from '#web/ui/store.ts'
import { sentenceOf, type Trouble } from '#web/ui/trouble.ts'

export type Session = Reply<(typeof officeCabinetApi)['session']>

/** Who is signed in; undefined: not asked yet. `trouble`: the office did not answer that. */
export const visit = openStore<{ session: Session | null | undefined; trouble: Trouble | null }>({
  session: undefined,
  trouble: null,
})

/** Whether whoever has signed in has the right: what she has not, no button offers (R26). */
export const useEntitled = (right: OfficeRight): boolean => may(useStore(visit).session, right)

/** The office behind this page. Whatever is asked, an ended session leads to signing in. */
export const office = client(officeCabinetApi, async (request) => {
  const got = await fetchSend(request)
  if ('status' in got && got.status === 401) visit.set({ session: null })
  return got
})

/** What to tell the person of an answer that brought nothing. */
export const told = (answer: Trouble): string => sentenceOf('office', answer)

/** Asks who is signed in. */
export async function restoreSession(): Promise<void> {
  visit.set({ trouble: null })
  const answer = await office.session({})
  if (answer.kind === 'done') begin(answer.value)
  else if (answer.kind !== 'refused') visit.set({ trouble: answer })
}

/** From here on, and wherever this account signs in. */
export function chooseLanguage(language: Language): void {
  speak(language)
  if (visit.get().session) void office.chooseLanguage({ language })
}

/** Whoever signs in is spoken to in her language, where she has chosen one. */
export function begin(session: Session): void {
  visit.set({ session })
  if (session.language !== null) speak(session.language)
}

export async function signOut(): Promise<void> {
  const answer = await office.signOut({})
  if (answer.kind === 'done') visit.set({ session: null })
}
