import type { StaffWordView } from '#core/api/operator-cabinet/words.ts'
import { printedMoment } from '#core/time.ts'
import { operationsWords } from '#core/words/operations.ts'
import { staffWords } from '#core/words/staff.ts'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { operator } from './operator.ts'

/** Words of the operator's people about a client's operations; nothing where there are none. */
export function StaffWords() {
  const words = useWords(staffWords).words
  const [answer] = useLoad('words', () => operator.staffWords({}))
  const known = answer?.kind === 'done' ? answer.value.words : []
  if (known.length === 0) return null
  return (
    <section class="card" aria-labelledby="staff-words">
      <h2 id="staff-words">{words.heading}</h2>
      <p class="soft">{words.about}</p>
      <WordList words={known} />
    </section>
  )
}

export function WordList(props: { words: readonly StaffWordView[] }) {
  const words = useWords(staffWords).words
  return (
    <ul class="staff-words">
      {props.words.map((word) => (
        <li key={word.id} class={word.replaced ? 'staff-word soft' : 'staff-word'}>
          <strong>{word.verdict === 'done' ? words.done : words.never}</strong>
          <code>{word.operation}</code>
          {word.document && <Document document={word.document} />}
          <span>{words.evidences[word.evidence]}</span>
          <span>{word.reason}</span>
          <span class="soft small">{words.by(word.person, printedMoment(word.at))}</span>
          <After word={word} />
        </li>
      ))}
    </ul>
  )
}

function Document({ document }: { document: NonNullable<StaffWordView['document']> }) {
  const words = useWords(staffWords).words
  const { kinds } = useWords(operationsWords)
  const { kind, number, at, sum } = document
  return (
    <span>
      {kinds[kind]}, {words.of(number, printedMoment(at))}, <Money sum={sum} />
    </span>
  )
}

/** What has come of it: a document that contradicts it stands out. */
function After({ word }: { word: StaffWordView }) {
  const words = useWords(staffWords).words
  const { held, replaced, verdict } = word
  if (held === null) return replaced ? <span class="small">{words.replaced}</span> : null
  return verdict === 'done' ? (
    <span class="soft small">{words.held(held)}</span>
  ) : (
    <span class="bad">{words.disproved(held)}</span>
  )
}
