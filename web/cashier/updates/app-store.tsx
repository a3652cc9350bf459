import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { UpdateView } from '#core/api/register-updates.ts'
import { printedMoment } from '#core/time.ts'
import { updatesWords } from '#core/words/updates.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useKeys, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'

/** U1: what is installed, what is there, and how it comes onto this till. */
export function AppStore() {
  const words = useWords(updatesWords)
  const { status, session } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'store' }) })
  if (!may(session, 'update')) return <p role="alert">{words.byRight}</p>
  if (!status) return null
  return (
    <>
      <h1>{words.heading}</h1>
      {status.update ? <Store update={status.update} /> : <NoStore version={status.version} />}
    </>
  )
}

function NoStore({ version }: { version: string }) {
  const words = useWords(updatesWords)
  return (
    <>
      <Facts rows={[[words.installed, version]]} />
      <p class="soft">{words.none}.</p>
    </>
  )
}

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

function Store({ update }: { update: UpdateView }) {
  const words = useWords(updatesWords)
  const { installed, newest, fault, heardAt } = update
  const heard = heardAt === null ? words.notHeard : printedMoment(heardAt).slice(0, 16)
  return (
    <div class="store">
      {fault && <Alert tone="amber" title={`${words.faults[fault]}.`} />}
      <Facts
        rows={[
          [words.installed, installed],
          [words.newest, newest?.version ?? words.current],
          ...(newest ? [[words.size, words.megabytes(inMegabytes(newest.length))] as const] : []),
          [words.heardAt, heard],
        ]}
      />
      <Check />
      {newest && <Newest newest={newest} />}
    </div>
  )
}

function Check() {
  const words = useWords(updatesWords)
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const check = async () => {
    setBusy(true)
    const answer = await register.checkUpdates({})
    setTrouble(answer.kind === 'done' ? null : answer)
    setBusy(false)
  }
  return (
    <div>
      <Button busy={busy} onClick={() => void check()}>
        {words.check}
      </Button>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
    </div>
  )
}

function Newest({ newest }: { newest: NonNullable<UpdateView['newest']> }) {
  const words = useWords(updatesWords)
  const language = useLanguage()
  const { notes, isReady, bytes, length } = newest
  const standing =
    bytes === null ? words.waiting : words.fetching(inMegabytes(bytes), inMegabytes(length))
  return (
    <section aria-label={words.notes}>
      <h2>{words.notes}</h2>
      <p class="store-notes">{notes[language]}</p>
      <p role="status">{isReady ? words.ready : standing}.</p>
    </section>
  )
}
