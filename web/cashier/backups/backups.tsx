import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { BackupCopy, BackupsView } from '#core/api/register-backup.ts'
import { backupsWords } from '#core/words/backups.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useElapsed, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import { troubleOf } from '#web/ui/trouble.ts'
import { useForm } from '../form-state.ts'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { lostIn, momentOf, Returned, ReturnTo } from './return-to.tsx'

const LOOK_MS = 2000

/** K5: copies of the till's memory, made by itself and by hand, each proved. */
export function Backups() {
  const { session } = useStore(till)
  const words = useWords(backupsWords)
  useKeys({ Escape: () => goBack({ at: 'backups' }) })
  if (!may(session, 'backup')) return <p role="alert">{words.byRight}</p>
  return (
    <>
      <h1>{words.heading}</h1>
      <p>{words.lead}</p>
      <Copies />
    </>
  )
}

function Copies() {
  const words = useWords(backupsWords)
  const look = Math.floor(useElapsed(LOOK_MS) / LOOK_MS)
  const [answer, again] = useLoad(String(look), () => register.backups({}))
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const view = answer.value
  const make = async () => {
    const begun = await register.makeBackup({})
    if (begun.kind === 'done') again()
    else till.set({ trouble: begun })
  }
  return (
    <>
      {view.returned && <Returned returned={view.returned} onRead={again} />}
      <Faults view={view} />
      <div class="stock-actions">
        <Button tone="main" busy={view.running} onClick={make}>
          {view.running ? words.making : words.make}
        </Button>
      </div>
      <Listed copies={view.copies} />
      <Folder key={view.folder} folder={view.folder} onSaved={again} />
    </>
  )
}

/** What of the copies cannot be relied on. */
function Faults({ view: { faults, folder, isApart } }: { view: BackupsView }) {
  const words = useWords(backupsWords)
  const place = faults.own ? 'own' : 'outer'
  const fault = faults.own ?? faults.outer
  if (fault) {
    const { title, next } = words.faults[fault]
    const heading = words.failedAt(words.places[place])
    return <Alert tone="red" title={heading} next={`${title}. ${next}`} />
  }
  if (folder === null) return <Alert tone="amber" {...words.noSecond} />
  return isApart ? null : <Alert tone="amber" {...words.sameDisk} />
}

const MEGABYTE = 1_000_000
const sizeOf = (bytes: number): string => (Math.ceil(bytes / (MEGABYTE / 10)) / 10).toFixed(1)

/** What the last check of a copy found, without anybody pressing anything. */
function Proof({ copy: { proof } }: { copy: BackupCopy }) {
  const words = useWords(backupsWords)
  if (proof === null) return <span class="soft">{words.proved.not}</span>
  if (proof.fault) return <strong>{words.faults[proof.fault].title}</strong>
  if (proof.isForeign) return <strong>{words.proved.foreign}</strong>
  return <>{words.proved.whole(momentOf(proof.at))}</>
}

function Listed({ copies }: { copies: readonly BackupCopy[] }) {
  const words = useWords(backupsWords)
  const [chosen, choose] = useState<BackupCopy | null>(null)
  const { columns } = words
  if (copies.length === 0) return <p class="soft">{words.none}</p>
  const shown: Column<BackupCopy>[] = [
    { head: columns.at, cell: ({ at }) => momentOf(at) },
    { head: columns.place, cell: ({ place }) => words.places[place] },
    { head: columns.size, cell: ({ bytes }) => words.megabytes(sizeOf(bytes)), right: true },
    { head: columns.until, cell: ({ proof }) => (proof?.until ? momentOf(proof.until) : '–') },
    { head: columns.check, cell: (copy) => <Proof copy={copy} /> },
    {
      head: columns.back,
      cell: (copy) => (
        <Button label={`${words.check} ${momentOf(copy.at)}`} onClick={() => choose(copy)}>
          {words.check}
        </Button>
      ),
    },
  ]
  return (
    <>
      {chosen && <Checked key={`${chosen.place} ${chosen.name}`} copy={chosen} />}
      <Table
        label={words.heading}
        columns={shown}
        rows={copies}
        keyOf={({ place, name }) => `${place} ${name}`}
      />
    </>
  )
}

/** What a copy holds as it lies there now, and what a return to it would lose. */
function Checked({ copy }: { copy: BackupCopy }) {
  const { place, name, at } = copy
  const words = useWords(backupsWords)
  const language = useLanguage()
  const [answer] = useLoad(`${place} ${name}`, () => register.checkBackup({ place, name }))
  if (!answer) return <p role="status">{words.checking}</p>
  if (answer.kind !== 'done') {
    return <Alert tone="red" {...troubleOf('register', answer, language)} />
  }
  const { fault, loss } = answer.value
  if (fault) return <Alert tone="red" {...words.faults[fault]} />
  if (!loss) return null
  return (
    <Alert tone="green" title={words.whole(momentOf(at))} next={lostIn(words, loss).join(' ')}>
      <ReturnTo copy={copy} loss={loss} />
    </Alert>
  )
}

function Folder({ folder, onSaved }: { folder: string | null; onSaved: () => void }) {
  const words = useWords(backupsWords)
  const { typed, faults, trouble, busy, put, save } = useForm({ folder: folder ?? '' })
  const trySave = () =>
    save({
      send: (now) => register.chooseBackupFolder({ folder: now.folder.trim() || null }),
      saved: onSaved,
    })
  return (
    <form
      class="people-form"
      onSubmit={(event) => {
        event.preventDefault()
        void trySave()
      }}
    >
      <Told trouble={trouble} />
      <Field
        label={words.folder}
        hint={words.folderHint}
        value={typed.folder}
        onText={(text) => put({ folder: text })}
        maxLength={200}
        error={faults.folder}
      />
      <Button type="submit" busy={busy}>
        {words.save}
      </Button>
    </form>
  )
}
