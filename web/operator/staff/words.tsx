import { useState } from 'preact/hooks'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { operator, told, useEntitled } from '../operator.ts'
import { WordList } from '../words.tsx'
import { WordDialog } from './word-dialog.tsx'

/** What was said about a register's operations, and the way to decide one (C2b). */
export function Words({ register, devices }: { register: number; devices: readonly string[] }) {
  const mayDecide = useEntitled('operation.decide')
  const words = useWords(staffWords).words
  const [isAsked, setAsked] = useState(false)
  const [answer, again] = useLoad(`words ${register}`, () => operator.staffWords({ register }))
  const known = answer?.kind === 'done' ? answer.value.words : []
  return (
    <section class="panel" aria-labelledby="words">
      <h2 id="words">{words.heading}</h2>
      {answer && answer.kind !== 'done' && <Alert tone="red" title={told(answer)} />}
      {answer?.kind === 'done' && known.length === 0 && <p class="soft">{words.none}</p>}
      <WordList words={known} />
      {mayDecide && devices.length > 0 && (
        <div class="ways">
          <Button onClick={() => setAsked(true)}>{words.give}</Button>
        </div>
      )}
      {isAsked && (
        <WordDialog
          devices={devices}
          onClose={(isSaid) => {
            setAsked(false)
            if (isSaid) again()
          }}
        />
      )}
    </section>
  )
}
