import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import { dayNumber, minskDay } from '#core/time.ts'
import { supportWords } from '#core/words/support.ts'
import { Field } from '#web/ui/Field.tsx'
import { useKeys, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { GatherSupport } from './gather-support.tsx'

const COUNTS = ['10', '50', '200'] as const
const BY_DAY = 'day'

/** K6: a day, or the last operations, as one file for whoever helps from afar. */
export function SupportPage() {
  const words = useWords(supportWords)
  const { session } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'support' }) })
  return (
    <>
      <h1>{words.heading}</h1>
      {may(session, 'support') ? <Choice /> : <p role="alert">{words.byRight}</p>}
    </>
  )
}

function Choice() {
  const words = useWords(supportWords)
  const { status } = useStore(till)
  const [about, setAbout] = useState<string>('50')
  const [day, setDay] = useState(status ? minskDay(status.now) : '')
  const asked = about === BY_DAY ? { day } : { last: Number(about) }
  return (
    <section class="support-form" aria-label={words.heading}>
      <p>{words.inside}</p>
      <p class="soft">{words.outside}</p>
      <Select
        label={words.what}
        value={about}
        options={[
          ...COUNTS.map((count) => ({ value: count, text: words.last(Number(count)) })),
          { value: BY_DAY, text: words.byDay },
        ]}
        onChoice={setAbout}
      />
      {about === BY_DAY && <Field label={words.day} type="date" value={day} onText={setDay} />}
      {(about !== BY_DAY || dayNumber(day) !== null) && (
        <GatherSupport key={JSON.stringify(asked)} asked={asked} />
      )}
    </section>
  )
}
