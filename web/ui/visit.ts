import type { Send } from '#core/api/client.ts'
import type { Language } from '#core/words/language.ts'
import { speak } from './language.ts'
import { fetchSend } from './send.ts'
import { openStore } from './store.ts'
import type { Trouble } from './trouble.ts'

type Answer<T> = { kind: 'done'; value: T } | Trouble

/** What a cabinet's server is asked of whoever sits before it. */
type Asked<Session> = {
  session: () => Promise<Answer<Session>>
  signOut: () => Promise<Answer<unknown>>
  chooseLanguage: (language: Language) => Promise<unknown>
}

/**
 * A person's visit to a cabinet. `session`: who is signed in; undefined: not asked yet. `trouble`:
 * why that is not known.
 */
export function openVisit<Session extends { language: Language | null }>(asked: Asked<Session>) {
  const store = openStore<{ session: Session | null | undefined; trouble: Trouble | null }>({
    session: undefined,
    trouble: null,
  })
  /** Whoever signs in is spoken to in her language, where she has chosen one. */
  const begin = (session: Session): void => {
    store.set({ session })
    if (session.language !== null) speak(session.language)
  }
  /** Sends to the cabinet's server. Whatever is asked, an ended session leads to signing in. */
  const send: Send = async (request) => {
    const got = await fetchSend(request)
    if ('status' in got && got.status === 401) store.set({ session: null })
    return got
  }
  return {
    store,
    begin,
    send,
    /** Asks who is signed in. */
    restore: async (): Promise<void> => {
      store.set({ trouble: null })
      const answer = await asked.session()
      if (answer.kind === 'done') begin(answer.value)
      else if (answer.kind !== 'refused') store.set({ trouble: answer })
    },
    /** From here on, and wherever this account signs in. */
    chooseLanguage: (language: Language): void => {
      speak(language)
      if (store.get().session) void asked.chooseLanguage(language)
    },
    end: async (): Promise<void> => {
      const answer = await asked.signOut()
      if (answer.kind === 'done') store.set({ session: null })
    },
  }
}

export type Visit<Session extends { language: Language | null }> = ReturnType<
  typeof openVisit<Session>
>
