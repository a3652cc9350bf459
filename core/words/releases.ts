import type { InEvery } from './language.ts'
import { releasesBe } from './releases/be.ts'
import { releasesEn } from './releases/en.ts'
import { type ReleasesWords, releasesRu } from './releases/ru.ts'

/** Versions of the till's programs, as the office's people publish them. */
export const releasesWords: InEvery<ReleasesWords> = {
  ru: releasesRu,
  be: releasesBe,
  en: releasesEn,
}
