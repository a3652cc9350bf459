import { useState } from 'preact/hooks'
import type { OperationView, Status } from '#core/api/register.ts'
import type { LetterView } from '#core/api/register-letters.ts'
import { isForCustomers } from '#core/document/print.ts'
import type { OperationId } from '#core/id.ts'
import { isMailAddress, LONGEST_MAIL_ADDRESS } from '#core/mail-address.ts'
import { printedMoment } from '#core/time.ts'
import type { LettersWords } from '#core/words/letters/ru.ts'
import { lettersWords } from '#core/words/letters.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useLedToFault, useLoad, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Switch } from '#web/ui/Switch.tsx'
import { useForm } from '../form-state.ts'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'
import { newId, till } from '../till.ts'

/**
 * The receipt of an operation by mail (N13): what became of each letter, and one more. `fresh`: it
 * has only just been made, and nobody is asked what has been sent of it.
 */
export function Letters({ view, fresh }: { view: OperationView; fresh?: boolean }) {
  const { status } = useStore(till)
  const words = useWords(lettersWords)
  const [asking, setAsking] = useState(false)
  const { are = 'off', waiting = 0, failed = 0 } = status?.letters ?? {}
  const [isSent, setSent] = useState(false)
  const isMine = view.document !== null && view.kind !== 'correction' && isForCustomers(view.kind)
  // Asked anew when some letter has gone out, or failed.
  const isAsked = isMine && (!fresh || isSent || waiting + failed > 0)
  const [answer, again] = useLoad(`${view.id}/${isAsked}/${waiting}/${failed}`, async () =>
    isAsked ? register.letters({ id: view.id }) : null,
  )
  if (!isMine) return null
  const sent = answer?.kind === 'done' ? answer.value.letters : []
  if (are !== 'on' && sent.length === 0) return null
  return (
    <section class="letters" aria-label={words.heading}>
      {sent.length > 0 && (
        <div class="letters-told" role="status">
          <ul class="letters-list">
            {sent.map((letter) => (
              <Letter key={letter.letter} id={view.id} letter={letter} onTried={again} />
            ))}
          </ul>
        </div>
      )}
      {are === 'on' && (
        <Button icon="mail" onClick={() => setAsking(true)}>
          {words.send}
        </Button>
      )}
      {asking && (
        <AskAddress
          id={view.id}
          onSent={() => {
            setSent(true)
            setAsking(false)
            again()
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

type OneLetter = { id: OperationId; letter: LetterView; onTried: () => void }

function Letter({ id, letter, onTried }: OneLetter) {
  const words = useWords(lettersWords)
  const [busy, setBusy] = useState(false)
  const isLate = letter.state === 'waiting' && letter.attempts > 0 && letter.said !== null
  const isFailed = letter.state === 'refused' || letter.state === 'given-up'
  const again = async () => {
    setBusy(true)
    const answer = await register.resendLetter({ id, letter: letter.letter })
    setBusy(false)
    if (answer.kind !== 'done') till.set({ trouble: answer })
    onTried()
  }
  return (
    <li class={isFailed || isLate ? 'letter letter-failed' : 'letter'}>
      <span>
        <strong>{stateIn(words, letter, isLate)}</strong>
        {letter.email !== null && <span class="letter-to">{letter.email}</span>}
        {letter.said && <span class="soft small">{words.said(letter.said)}</span>}
      </span>
      {(isFailed || isLate) && letter.email !== null && (
        <Button busy={busy} onClick={() => void again()}>
          {words.again}
        </Button>
      )}
    </li>
  )
}

function stateIn(words: LettersWords, { state, attempts, nextAt }: LetterView, isLate: boolean) {
  if (!isLate || nextAt === null) return words.states[state]
  return words.retried(attempts, printedMoment(nextAt).slice(11, 16))
}

type Asking = { id: OperationId; onSent: () => void; onClose: () => void }

/** One address; it goes to the register and nowhere else. */
function AskAddress({ id, onSent, onClose }: Asking) {
  const words = useWords(lettersWords)
  // The same letter however often it is asked for: a lost answer sends no second one.
  const [letter] = useState(newId)
  const { typed, faults, tries, trouble, busy, put, save } = useForm({ email: '' })
  const form = useLedToFault(tries)
  const send = () =>
    save({
      check: ({ email }) => ({ email: isMailAddress(email.trim()) ? undefined : words.bad }),
      send: ({ email }) => register.sendLetter({ id, letter, email: email.trim() }),
      saved: onSent,
    })
  return (
    <Dialog
      title={words.send}
      onClose={onClose}
      actions={
        <>
          <Button tone="main" busy={busy} onClick={() => void send()}>
            {words.go}
          </Button>
          <Button onClick={onClose}>{words.leave}</Button>
        </>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Field
          label={words.email}
          type="text"
          value={typed.email}
          onText={(email) => put({ email })}
          maxLength={LONGEST_MAIL_ADDRESS}
          hint={words.hint}
          error={faults.email}
          loud
        />
        <Told trouble={trouble} />
      </form>
    </Dialog>
  )
}

/** K4: whether customers may get their receipts by mail. */
export function LetterSwitch({ are }: Pick<Status['letters'], 'are'>) {
  const words = useWords(lettersWords)
  const change = async (electronicReceipt: boolean) => {
    const answer = await register.changeSettings({ electronicReceipt })
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <li class="function">
      {are === 'no-server' ? (
        <span>
          <strong>{words.switch}</strong>
          <span class="soft small">{words.noServer}</span>
        </span>
      ) : (
        <Switch label={words.switch} on={are === 'on'} onChange={(on) => void change(on)}>
          {words.switchDoes}
        </Switch>
      )}
    </li>
  )
}

/** Above the list of receipts: some were not sent, and which. */
export function FailedLetters() {
  const { status } = useStore(till)
  const words = useWords(lettersWords)
  const { failed = 0, failing = null } = status?.letters ?? {}
  if (failed === 0 || failing === null) return null
  return (
    <Alert tone="amber" title={words.failed(failed)} next={words.failedNext}>
      <Button onClick={() => go(`#/receipts/${failing}`)}>{words.open}</Button>
    </Alert>
  )
}
