import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { refusalIn } from '#core/words/refusals.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useKeys, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { sentences } from '#web/ui/sentences.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { newId, till } from '../till.ts'
import { Causes } from './register-facts.tsx'

type Asked = Reply<(typeof registerApi)['facts']>

/** S4.2: the administrator brings the drawer to what the device holds, by data of this moment. */
export function Correction() {
  const { session } = useStore(till)
  const words = useWords(tillWords).correction
  useKeys({ Escape: () => goBack({ at: 'correction' }) })
  return may(session, 'correct') ? <Correcting /> : <p role="alert">{words.byRight}</p>
}

function Correcting() {
  const language = useLanguage()
  const { open, status } = useStore(till)
  const { correction: words, facts: named, noData } = useWords(tillWords)
  const [facts, setFacts] = useState<Asked | null>(null)
  const [id, setId] = useState(newId)
  const [busy, setBusy] = useState<'ask' | 'correct' | null>(null)
  const [told, setTold] = useState<Trouble | 'corrected' | null>(null)
  const gap = facts?.discrepancy ?? null
  // D17: over a red receipt nothing is corrected; it is named above every screen.
  const isOpen = open.some(({ state }) => state !== 'reversing')
  const isAway = status?.sko === 'away' || (facts !== null && facts.skoCash === null)
  const away = refusalIn(language, { code: 'sko.away', facts: {} })
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
      <h1>{words.heading}</h1>
      <p class="soft">{words.does}</p>
      {told && <Told told={told} />}
      {isOpen && <Alert tone="amber" title={words.notNow} next={words.notNowNext} />}
      {isAway && !told && (
        <Alert tone="amber" title={away.message} next={sentences(away.next, words.thenAgain)} />
      )}
      <Facts
        rows={[
          [named.cash, facts ? <Money key="cash" sum={facts.cash} /> : noData],
          [named.skoCash, money(facts?.skoCash ?? null)],
          [named.discrepancy, money(gap)],
        ]}
      />
      {facts && <Causes causes={facts.causes} />}
      <div class="correction-buttons steps">
        <Button busy={busy === 'ask'} disabled={busy !== null} onClick={get}>
          {words.getActual}
        </Button>
        <Button
          tone="main"
          busy={busy === 'correct'}
          disabled={busy !== null || gap === null || gap === 0 || isOpen || isAway}
          onClick={correct}
        >
          {words.correct}
        </Button>
      </div>
    </>
  )
}

function Told({ told }: { told: Trouble | 'corrected' }) {
  const language = useLanguage()
  if (told === 'corrected') {
    return <Alert tone="green" title={wordsNow(tillWords).correction.corrected} />
  }
  // Somebody was faster: nothing is amiss any more.
  const isNeedless = told.kind === 'refused' && told.code === 'correction.needless'
  return <Alert tone={isNeedless ? 'green' : 'red'} {...troubleOf('register', told, language)} />
}

const money = (sum: number | null) =>
  sum === null ? wordsNow(tillWords).noData : <Money sum={sum} />
