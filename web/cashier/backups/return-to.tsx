import { useState } from 'preact/hooks'
import type { BackupCopy, BackupLoss, BackupReturn } from '#core/api/register-backup.ts'
import { printedMoment } from '#core/time.ts'
import type { BackupsWords } from '#core/words/backups/ru.ts'
import { backupsWords } from '#core/words/backups.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { restoreSession } from '../session.ts'
import { till } from '../till.ts'

// A return to a copy (K5): what it loses is read before, confirmed by a typed word, told after.

export const momentOf = (at: number): string => printedMoment(at).slice(0, 16)

/** A loss in sentences: what is counted, then what the device, the operator and the bank know. */
export function lostIn(words: BackupsWords, loss: BackupLoss): string[] {
  const { lastAt, since, beyond } = loss
  const more = beyond > 0 ? [words.beyond(beyond)] : []
  if (lastAt === null) return beyond > 0 ? more : [words.lossNone]
  const counted = words.loss(Object.assign({}, loss, { lastAt: momentOf(lastAt) }))
  return [words.back.since(momentOf(since)), counted, ...elsewhere(words, loss), ...more]
}

const elsewhere = (words: BackupsWords, { documents, cards }: BackupLoss): string[] => [
  ...(documents > 0 ? [words.documents(documents)] : []),
  ...(cards > 0 ? [words.cards(cards)] : []),
]

/** The way to the second question. */
export function ReturnTo({ copy, loss }: { copy: BackupCopy; loss: BackupLoss }) {
  const { status } = useStore(till)
  const words = useWords(backupsWords).back
  const [asks, ask] = useState(false)
  if (status?.shift) return <span>{`${words.shiftOpen.title}. ${words.shiftOpen.next}`}</span>
  return (
    <>
      <Button onClick={() => ask(true)}>{words.begin}</Button>
      {asks && <Confirm copy={copy} loss={loss} onClose={() => ask(false)} />}
    </>
  )
}

type Asked = { copy: BackupCopy; loss: BackupLoss; onClose: () => void }

function Confirm({ copy: { place, name, at }, loss, onClose }: Asked) {
  const words = useWords(backupsWords)
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const { back } = words
  const isMeant = typed.trim().toUpperCase() === back.word
  const { operations, goods } = loss
  const carryOut = async () => {
    if (!isMeant || busy) return
    setBusy(true)
    const answer = await register.returnToBackup({ place, name, operations, goods })
    if (answer.kind === 'done') {
      // Whoever signed in after the copy was made is not signed in by its memory.
      await restoreSession()
      onClose()
      return
    }
    setBusy(false)
    setTrouble(answer)
  }
  return (
    <Dialog
      title={back.title(momentOf(at))}
      {...(busy ? {} : { onClose })}
      actions={
        <>
          <Button disabled={busy} onClick={onClose}>
            {back.no}
          </Button>
          <Button tone="danger" busy={busy} disabled={!isMeant} onClick={carryOut}>
            {back.yes}
          </Button>
        </>
      }
    >
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
      <p>{[back.lead, ...lostIn(words, loss)].join(' ')}</p>
      <p>{back.who}</p>
      <p>{back.after}</p>
      <p>{back.kept}</p>
      <Field label={back.type} value={typed} onText={setTyped} maxLength={20} onEnter={carryOut} />
      {busy && <p role="status">{back.going}</p>}
    </Dialog>
  )
}

/** What became of the last return, until it was read. */
export function Returned(props: { returned: BackupReturn; onRead: () => void }) {
  const words = useWords(backupsWords)
  const { name, kept, loss } = props.returned
  const { returned } = words
  const read = async () => {
    const answer = await register.readBackupReturn({})
    if (answer.kind === 'done') props.onRead()
    else till.set({ trouble: answer })
  }
  const told =
    kept === null || loss === null
      ? { title: returned.failed(dayOf(name)), next: returned.failedNext }
      : {
          title: returned.title(dayOf(name)),
          next: [...lostAfter(words, loss), returned.kept(dayOf(kept)), words.back.after].join(' '),
        }
  return (
    <Alert tone="amber" {...told}>
      <Button onClick={read}>{returned.read}</Button>
    </Alert>
  )
}

function lostAfter(words: BackupsWords, loss: BackupLoss): string[] {
  const { lastAt } = loss
  if (lastAt === null) return [words.returned.none]
  const counted = words.returned.lost(Object.assign({}, loss, { lastAt: momentOf(lastAt) }))
  return [counted, ...elsewhere(words, loss)]
}

/** A copy's name says when it was made. */
const dayOf = (name: string): string => momentOf(Number(/\d+/.exec(name)?.[0] ?? 0))
