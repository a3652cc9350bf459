import { useState } from 'preact/hooks'
import type { Outcome } from '#core/api/contract.ts'
import { invalidIn } from '#core/words/fields.ts'
import { useLanguage } from '#web/ui/language.ts'
import { sentenceOf, type Trouble } from '#web/ui/trouble.ts'

/** What is wrong with a field of the form, by its name. */
export type Faults<T> = { [F in keyof T]?: string | undefined }

type Save<T, R> = {
  /** What of the typed is wrong before anybody is asked. */
  check?: (typed: T) => Faults<T>
  send: (typed: T) => Promise<Outcome<R>>
  saved: (value: R) => void
  /** The form's field of one of the contract; the same name where it is left out. */
  fieldOf?: (field: string) => keyof T | undefined
}

/** What is typed into a form, what is wrong with it, and what became of the last try to save it. */
export function useForm<T extends object>(begun: T) {
  const language = useLanguage()
  const [typed, setTyped] = useState(begun)
  const [faults, setFaults] = useState<Faults<T>>({})
  const [tries, setTries] = useState(0)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const put = (change: Partial<T>) => {
    setTyped((before) => ({ ...before, ...change }))
    const named = Object.keys(change).map((field) => [field, undefined])
    setFaults((before) => ({ ...before, ...Object.fromEntries(named) }))
  }
  const wrong = (found: Faults<T>) => {
    setFaults(found)
    setTries((before) => before + 1)
  }
  const fieldIn = (field: string): keyof T | undefined => {
    const [first = ''] = field.split('.')
    return first in typed ? (first as keyof T) : undefined
  }
  const save = async <R>({ check, send, saved, fieldOf = fieldIn }: Save<T, R>) => {
    if (busy) return
    setTrouble(null)
    const found = check?.(typed) ?? {}
    if (Object.values(found).some((each) => each !== undefined)) return wrong(found)
    setBusy(true)
    const answer = await send(typed)
    setBusy(false)
    if (answer.kind === 'done') return saved(answer.value)
    const field = 'field' in answer && answer.field ? fieldOf(answer.field) : undefined
    if (field === undefined) return setTrouble(answer)
    const text =
      answer.kind === 'invalid'
        ? invalidIn(language, answer)
        : sentenceOf('register', answer, language)
    wrong({ [field]: text } as Faults<T>)
  }
  return { typed, faults, tries, trouble, busy, put, save }
}
