import type { InEvery } from './language.ts'
import { peopleBe } from './people/be.ts'
import { peopleEn } from './people/en.ts'
import { type PeopleWords, peopleRu } from './people/ru.ts'

export const peopleWords: InEvery<PeopleWords> = { ru: peopleRu, be: peopleBe, en: peopleEn }
