import { type InEvery, isLanguage, type Language } from '#core/words/language.ts'
import { useStore } from './hooks.ts'
import { openStore } from './store.ts'

const KEY = 'zpos.language'

/** The language of this page: the person’s once she has signed in, before that the last one. */
export const spoken = openStore<{ language: Language }>({ language: remembered() })

function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY)
    return isLanguage(kept) ? kept : 'ru'
  } catch {
    return 'ru'
  }
}

/** Speaks another language from here on; who signs in next on this machine is met in it. */
export function speak(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // A forbidden storage costs the memory of it alone.
  }
  spoken.set({ language })
}

/** The language of the page; drawn anew when another one is chosen. */
export const useLanguage = (): Language => useStore(spoken).language

/** The words of a page in its language; drawn anew when another one is chosen. */
export function useWords<Words>(words: InEvery<Words>): Words {
  return words[useLanguage()]
}

/** The words where nothing is drawn: what is kept as facts is put into words when it is shown. */
export const wordsNow = <Words>(words: InEvery<Words>): Words => words[spoken.get().language]
