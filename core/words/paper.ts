import type { InEvery } from './language.ts'
import { paperBe } from './paper/be.ts'
import { paperEn } from './paper/en.ts'
import { type PaperWords, paperRu } from './paper/ru.ts'

/** Papers are issued in the first two; the third is for whoever reads one on a page. */
export const paperWords: InEvery<PaperWords> = { ru: paperRu, be: paperBe, en: paperEn }
