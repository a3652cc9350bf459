import { clientBe } from './client/be.ts'
import { clientEn } from './client/en.ts'
import { type ClientWords, clientRu } from './client/ru.ts'
import type { InEvery } from './language.ts'

export const clientWords: InEvery<ClientWords> = { ru: clientRu, be: clientBe, en: clientEn }
