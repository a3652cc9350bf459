import { useRef, useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { ImportView } from '#core/api/register-import.ts'
import { controlsWords } from '#core/words/controls.ts'
import { importWords } from '#core/words/import.ts'
import { stockWords } from '#core/words/stock.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go, useKeys, useLater, useLoad, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { sentenceOf, type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register, uploadGoods } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { forgetGoods } from './goods-pages.ts'
import { ImportColumns, unsaidOf } from './import-columns.tsx'
import { ChangesTable, FaultsTable } from './import-rows.tsx'

/** How often a file that is being read, or goods that are being written, are asked after. */
const ASKED_EVERY_MS = 400

/** K2: goods out of a file: chosen, looked through, then imported whole. */
export function GoodsImport({ id }: { id: string }) {
  const { session } = useStore(till)
  const words = useWords(importWords)
  const { byRight } = useWords(stockWords)
  useKeys({ Escape: () => goBack({ at: 'import', id }) })
  if (!may(session, 'goods.edit')) return <p role="alert">{byRight}</p>
  return (
    <>
      <h1>{words.heading}</h1>
      {id === '' ? <Choosing /> : <Followed id={id} />}
    </>
  )
}

function Choosing() {
  const words = useWords(importWords)
  return (
    <div class="import-choosing">
      <p>{words.intro}</p>
      <p class="soft">{words.introNext}</p>
      <FileChoice tone="main" text={words.choose} />
    </div>
  )
}

/** A button that lets a file be chosen, sends it and leads to what becomes of it. */
function FileChoice({ tone, text }: { tone: 'main' | 'quiet'; text: string }) {
  const words = useWords(importWords)
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const send = async (file: File) => {
    setBusy(true)
    setTrouble(null)
    const sent = await uploadGoods(file)
    const begun =
      sent.kind === 'done'
        ? await register.readImport({ id: sent.value.id, unsaid: unsaidOf(words) })
        : sent
    setBusy(false)
    if (sent.kind === 'done' && begun.kind === 'done') {
      go(`#/settings/goods/import/${sent.value.id}`)
    } else if (begun.kind !== 'done') setTrouble(begun)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.xlsx"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) void send(file)
          // The same file chosen again is a choice, too.
          currentTarget.value = ''
        }}
      />
      <div>
        <Button tone={tone} busy={busy} onClick={() => input.current?.click()}>
          {busy ? words.sending : text}
        </Button>
      </div>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
    </>
  )
}

function Followed({ id }: { id: string }) {
  const words = useWords(importWords)
  const [answer, again] = useLoad(id, () => register.import({ id }))
  const view = answer?.kind === 'done' ? answer.value : null
  const isMoving = view?.state === 'reading' || view?.state === 'applying'
  // A register that is starting again is asked until it answers.
  const isSilent = answer?.kind === 'unknown' || answer?.kind === 'unsent'
  useLater(isMoving || isSilent ? answer : null, ASKED_EVERY_MS, again)
  if (!answer) return null
  if (!view || answer.kind !== 'done') {
    return (
      <>
        <p role="alert">{answer.kind === 'done' ? '' : sentenceOf('register', answer)}</p>
        <FileChoice tone="main" text={words.choose} />
      </>
    )
  }
  return (
    <div class="import">
      <p class="soft">{view.file}</p>
      <Stage view={view} again={again} />
    </div>
  )
}

function Stage({ view, again }: { view: ImportView; again: () => void }) {
  const words = useWords(importWords)
  const { loading } = useWords(controlsWords)
  const count = useCount()
  const { state, counts, written } = view
  switch (state) {
    case 'stored':
      return <Shown view={view} again={again} />
    case 'reading': {
      const rows = counts.new + counts.changed + counts.same + counts.bad
      return (
        <>
          <p role="status">{rows === 0 ? loading : words.reading(count(rows))}</p>
          <Cancelling id={view.id} />
        </>
      )
    }
    case 'failed':
    case 'read':
      return <Shown view={view} again={again} />
    case 'applying':
      return (
        <>
          {view.isStuck ? (
            <Alert tone="amber" title={words.stuck} next={words.stuckNext} />
          ) : (
            <p role="status">
              {words.applying}. {words.applyingNext}
            </p>
          )}
          <progress
            class="import-progress"
            aria-label={words.applying}
            max={written.total}
            value={written.done}
          />
          <p class="soft">
            {count(written.done)} / {count(written.total)}
          </p>
        </>
      )
    case 'done':
      return (
        <Alert
          tone="green"
          title={words.done}
          next={words.doneCounts(count(counts.new), count(counts.changed))}
        >
          <Button tone="main" onClick={() => go('#/settings/goods')}>
            {words.toGoods}
          </Button>
        </Alert>
      )
    default:
      return state satisfies never
  }
}

/** Calls the reading of a file off: the thread ends, and nothing of the file is kept. */
function Cancelling({ id }: { id: string }) {
  const words = useWords(importWords)
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const cancel = async () => {
    setBusy(true)
    const answer = await register.cancelImport({ id })
    setBusy(false)
    if (answer.kind === 'done') go('#/settings/goods/import')
    else setTrouble(answer)
  }
  return (
    <>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
      <div>
        <Button tone="quiet" busy={busy} onClick={cancel}>
          {words.cancel}
        </Button>
      </div>
    </>
  )
}

const useCount = () => {
  const language = useLanguage()
  return (count: number) => count.toLocaleString(language === 'en' ? 'en' : 'ru')
}

/** What the file would do, and how it was understood. */
function Shown({ view, again }: { view: ImportView; again: () => void }) {
  const words = useWords(importWords)
  const { id, failed, counts, state } = view
  const isUnknown = failed?.fault === 'no-columns'
  const line = failed?.line === undefined ? undefined : words.atLine(failed.line)
  return (
    <>
      {failed && (
        <Alert
          tone={isUnknown ? 'amber' : 'red'}
          title={[words.files[failed.fault].title, line].filter(Boolean).join('. ')}
          next={words.files[failed.fault].next}
        />
      )}
      {state === 'read' && <Counted view={view} />}
      {state === 'read' && <Applying view={view} again={again} />}
      {counts.bad > 0 && <FaultsTable id={id} />}
      {counts.changed > 0 && <ChangesTable id={id} />}
      {view.heads.length > 0 && <ImportColumns view={view} isOpen={isUnknown} again={again} />}
      <FileChoice tone="quiet" text={words.another} />
    </>
  )
}

function Counted({ view: { counts } }: { view: ImportView }) {
  const words = useWords(importWords)
  const count = useCount()
  return (
    <dl class="import-counts">
      {(['new', 'changed', 'same', 'bad'] as const).map((of) => (
        <div key={of} class={of === 'bad' && counts.bad > 0 ? 'import-bad' : ''}>
          <dt>{words.counts[of]}</dt>
          <dd>{count(counts[of])}</dd>
        </div>
      ))}
    </dl>
  )
}

function Applying({ view: { id, counts }, again }: { view: ImportView; again: () => void }) {
  const words = useWords(importWords)
  const language = useLanguage()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  if (counts.bad > 0) {
    return <Alert tone="red" title={words.faultsHeading} next={words.faultsNote} />
  }
  if (counts.new + counts.changed === 0) return <Alert tone="green" title={words.nothing} />
  const apply = async () => {
    setBusy(true)
    forgetGoods()
    const answer = await register.applyImport({ id })
    setBusy(false)
    setTrouble(answer.kind === 'done' ? null : answer)
    again()
  }
  return (
    <>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
      <div>
        <Button tone="main" big busy={busy} onClick={apply}>
          {words.apply}
        </Button>
      </div>
    </>
  )
}
