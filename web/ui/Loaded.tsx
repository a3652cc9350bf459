import type { ComponentChildren } from 'preact'
import { NoAnswer } from './NoAnswer.tsx'
import type { Trouble } from './trouble.ts'

/** What an answer brought, or why it brought nothing; nothing while it is waited for. */
export function Loaded<T>(props: {
  answer: { kind: 'done'; value: T } | Trouble | undefined
  told: (trouble: Trouble) => string
  again: () => void
  children: (value: T) => ComponentChildren
}) {
  const { answer, told, again, children } = props
  if (!answer) return null
  if (answer.kind === 'done') return <>{children(answer.value)}</>
  return <NoAnswer told={told(answer)} again={again} />
}
