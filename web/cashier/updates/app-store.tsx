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
import { Switch } from '#web/ui/Switch.tsx'
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
  const size = newest ? [[words.size, words.megabytes(inMegabytes(newest.length))] as const] : []
  return (
    <div class="store">
      {fault && <Alert tone="amber" title={`${words.faults[fault]}.`} />}
      <Facts
        rows={[
          [words.installed, installed],
          [words.newest, newest?.version ?? words.current],
          ...size,
          [words.heardAt, heard],
        ]}
      />
      {newest && <Newest newest={newest} update={update} />}
      <Check />
      {update.canInstall && <Auto on={update.auto} />}
    </div>
  )
}

/** Asks something of the register, and says why where it could not be done. */
function useAsking() {
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const ask = async (asked: Promise<{ kind: 'done' } | Trouble>): Promise<boolean> => {
    setBusy(true)
    const answer = await asked
    const isDone = answer.kind === 'done'
    setTrouble(isDone ? null : answer)
    setBusy(false)
    return isDone
  }
  const told = trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />
  return { busy, ask, told }
}

function Check() {
  const words = useWords(updatesWords)
  const { busy, ask, told } = useAsking()
  return (
    <div>
      <Button busy={busy} onClick={() => void ask(register.checkUpdates({}))}>
        {words.check}
      </Button>
      {told}
    </div>
  )
}

type NewestView = NonNullable<UpdateView['newest']>

function Newest({ newest, update }: { newest: NewestView; update: UpdateView }) {
  const words = useWords(updatesWords)
  const language = useLanguage()
  const { version, notes, isReady, bytes, length, failed } = newest
  const standing =
    bytes === null ? words.waiting : words.fetching(inMegabytes(bytes), inMegabytes(length))
  return (
    <section aria-label={words.notes} class="store-newest">
      <h2>{words.notes}</h2>
      <p class="store-notes">{notes[language]}</p>
      <p role="status">{isReady ? words.ready : standing}.</p>
      {failed && (
        <Alert
          tone="amber"
          title={`${words.failures[failed](version)}.`}
          next={`${words.stays(update.installed)}.`}
        />
      )}
      {isReady && <Install version={version} canInstall={update.canInstall} />}
    </section>
  )
}

/** U2: with the shift closed; the register goes away for it and comes back by itself. */
function Install({ version, canInstall }: { version: string; canInstall: boolean }) {
  const words = useWords(updatesWords)
  const language = useLanguage()
  const { status } = useStore(till)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  if (!canInstall) return <p>{words.byHand}.</p>
  if (status?.shift) return <p>{words.closeFirst}.</p>
  const install = async () => {
    till.set({ updating: version })
    const answer = await register.installUpdate({ version })
    // An answer that is lost went with the register: it is away for this.
    const isRefused = answer.kind === 'refused' || answer.kind === 'invalid'
    if (isRefused) till.set({ updating: null })
    setTrouble(isRefused ? answer : null)
  }
  return (
    <div>
      <Button tone="main" onClick={() => void install()}>
        {words.install}
      </Button>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
    </div>
  )
}

/** U1: never in a shift. */
function Auto({ on }: { on: boolean }) {
  const words = useWords(updatesWords)
  const { busy, ask, told } = useAsking()
  return (
    <div>
      <Switch
        label={words.auto}
        on={on}
        busy={busy}
        onChange={(wanted) => void ask(register.autoUpdate({ on: wanted }))}
      >
        {words.autoDoes}.
      </Switch>
      {told}
    </div>
  )
}
