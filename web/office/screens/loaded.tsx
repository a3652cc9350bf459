import type { ComponentChildren } from 'preact'
import { controlsWords } from '#core/words/controls.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { told } from '../office.ts'

type Answer<T> = { kind: 'done'; value: T } | Trouble

/** What an answer brought, or why it brought nothing; nothing while it is waited for. */
export function Loaded<T>(props: {
  answer: Answer<T> | undefined
  again: () => void
  children: (value: T) => ComponentChildren
}) {
  const { answer, again, children } = props
  const { retry } = useWords(controlsWords)
  if (!answer) return null
  if (answer.kind === 'done') return <>{children(answer.value)}</>
  return (
    <Alert tone="red" title={told(answer)}>
      <Button onClick={again}>{retry}</Button>
    </Alert>
  )
}
