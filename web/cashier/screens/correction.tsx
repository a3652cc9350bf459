import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useKeys, useStore } from '#web/ui/hooks.ts'
import { useLanguage } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { Causes } from './register-facts.tsx'

type Asked = Reply<(typeof registerApi)['facts']>
const NONE = 'нет данных'

/** S4.2: the administrator brings cash in БД to what the СКО holds, by data of this moment. */
export function Correction() {
  const { session } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'correction' }) })
  return session?.role === 'administrator' ? (
    <Correcting />
  ) : (
    <p role="alert">Аварийную коррекцию проводит администратор.</p>
  )
}

function Correcting() {
  const [facts, setFacts] = useState<Asked | null>(null)
  const [id, setId] = useState(newId)
  const [busy, setBusy] = useState<'ask' | 'correct' | null>(null)
  const [told, setTold] = useState<Trouble | 'corrected' | null>(null)
  const gap = facts?.discrepancy ?? null
  const get = async () => {
    setBusy('ask')
    const answer = await register.facts({})
    setBusy(null)
    setFacts(answer.kind === 'done' ? answer.value : null)
    setTold(answer.kind === 'done' ? null : answer)
    setId(newId())
  }
  const correct = async () => {
    if (gap === null) return
    setBusy('correct')
    const answer = await register.correct({ id, discrepancy: gap })
    setBusy(null)
    // The same id repeats a correction whose answer was lost; anything told needs fresh data.
    if (answer.kind !== 'unknown' && answer.kind !== 'unsent') await get()
    setTold(answer.kind === 'done' ? 'corrected' : answer)
  }
  return (
    <>
      <h1>Аварийная коррекция</h1>
      <p class="soft">
        Сумма наличных в БД приводится к сумме, которую хранит СКО. В списке чеков останется
        нефискальный чек.
      </p>
      {told && <Told told={told} />}
      <Facts
        rows={[
          ['Наличные в кассе (БД)', facts ? <Money key="cash" sum={facts.cash} /> : NONE],
          ['Наличные в смене (СКО)', money(facts?.skoCash ?? null)],
          ['Расхождение', money(gap)],
        ]}
      />
      {facts && <Causes causes={facts.causes} />}
      <div class="correction-buttons">
        <Button busy={busy === 'ask'} disabled={busy !== null} onClick={get}>
          Получить актуальные данные
        </Button>
        <Button
          tone="main"
          busy={busy === 'correct'}
          disabled={busy !== null || gap === null || gap === 0}
          onClick={correct}
        >
          Скорректировать сумму
        </Button>
      </div>
    </>
  )
}

function Told({ told }: { told: Trouble | 'corrected' }) {
  const language = useLanguage()
  if (told === 'corrected') {
    return <Alert tone="green" title="Расхождение наличных скорректировано успешно" />
  }
  // Somebody was faster: nothing is amiss any more.
  const isNeedless = told.kind === 'refused' && told.code === 'correction.needless'
  return <Alert tone={isNeedless ? 'green' : 'red'} {...troubleOf('register', told, language)} />
}

const money = (sum: number | null) => (sum === null ? NONE : <Money sum={sum} />)
