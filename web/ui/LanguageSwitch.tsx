import { controlsWords } from '#core/words/controls.ts'
import { type Language, languageNames, languages } from '#core/words/language.ts'
import { useStore } from './hooks.ts'
import { spoken } from './language.ts'

/** «Русский · Беларуская · English»: each under its own name, so that everybody finds hers. */
export function LanguageSwitch({ onChoose }: { onChoose: (language: Language) => void }) {
  const { language } = useStore(spoken)
  return (
    <ul class="languages" aria-label={controlsWords[language].language}>
      {languages.map((each) => (
        <li key={each}>
          <button
            type="button"
            class="language"
            lang={each}
            aria-pressed={each === language}
            onClick={() => onChoose(each)}
          >
            {languageNames[each]}
          </button>
        </li>
      ))}
    </ul>
  )
}
