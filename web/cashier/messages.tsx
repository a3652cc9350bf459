import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { Notice, OperationView, Status } from '#core/api/register.ts'
import type { Divergence, Neighbour } from '#core/register/trust.ts'
import { printedMoment } from '#core/time.ts'
import { controlsWords } from '#core/words/controls.ts'
import { messageIn, noticeIn, operationsWords, uploadIn } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go, useElapsed, useIsTop, useLater, useStore } from '#web/ui/hooks.ts'
import { useLanguage, useWords, wordsNow } from '#web/ui/language.ts'
import { ageIn } from '#web/ui/moment.ts'
import { sentences } from '#web/ui/sentences.ts'
import { Billing } from './billing.tsx'
import { blockIn, Measures } from './measures.tsx'
import { MissedScans } from './missed-scans.tsx'
import { carryOut } from './operations.ts'
import { register } from './register.ts'
import type { Route } from './routes.ts'
import { newId, till } from './till.ts'
import { operationIn, refusalIn, type Trouble, toldOf } from './trouble.ts'

/** What a cashier must be told above any screen, the most urgent first. */
export function Messages({ route }: { route: Route }) {
  const words = useWords(tillWords).messages
  const { open, sending, trouble, notice, status, heardAt } = useStore(till)
  const isTop = useIsTop(null)
  const language = useLanguage()
  useLater(notice, 5000, () => till.set({ notice: null }))
  // The message stands at the top; a long form may have been scrolled away from it.
  const red = open.find((view) => view.state === 'red')
  useLater(trouble ?? red?.id ?? null, 0, () => scrollTo({ top: 0 }))
  const asking = open.find((view) => view.state === 'asking')
  const isSaid =
    operationIn(trouble) === red?.id || (route.at === 'receipt' && route.id === red?.id)
  const isOverdue =
    status?.shift?.mustClose && route.at !== 'close-shift' && refusalIn(trouble) !== 'shift.over24h'
  return (
    <>
      <div class="messages">
        {isTop && <MissedScans />}
        {sending?.lost && <Calm>{words.noAnswerYet}</Calm>}
        {asking && <Calm>{words.asking}</Calm>}
        {red && !isSaid && <Red view={red} />}
        {status?.distrusted.map((each) => (
          <Distrusted key={each} neighbour={each} />
        ))}
        {status?.diverged && <Diverged from={status.diverged} />}
        {status && <Measures of={status.measures} isShiftOpen={status.shift !== null} />}
        {status?.billing && <Billing billing={status.billing} at={route.at} />}
        {trouble && !isToldAlready(trouble, status) && (
          <Alert
            tone="red"
            {...toldOf(trouble, language)}
            onClose={() => till.set({ trouble: null })}
          >
            <Remedy trouble={trouble} at={route.at} />
          </Alert>
        )}
        {status?.upload && <Upload upload={status.upload} now={status.now - heardAt} />}
        {status && <Notices of={status.notices} />}
        {isOverdue && (
          <Alert tone="amber" title={words.overdue} next={words.overdueNext}>
            {route.at !== 'menu' && (
              <Button onClick={() => go('#/close-shift')}>{words.closeShift}</Button>
            )}
          </Alert>
        )}
      </div>
      {notice && (
        <div class="toast">
          <Alert tone="green" title={notice} />
        </div>
      )}
    </>
  )
}

/** S3.1: names the receipt that stands in the way, and opens it. */
function Red({ view }: { view: OperationView }) {
  const language = useLanguage()
  const told = view.message && messageIn(language, view.message)
  const { kinds } = operationsWords[language]
  return (
    <Alert
      tone="red"
      title={told?.text ?? wordsNow(tillWords).messages.notCompleted(kinds[view.kind])}
      next={sentences(named(view), told?.next)}
    >
      <OpenReceipt id={view.id} />
    </Alert>
  )
}

/** Kind, sum and moment: which receipt it is. */
const named = ({ kind, sum, at }: OperationView): string =>
  `${wordsNow(operationsWords).what({ kind, sum })}, ${printedMoment(at).slice(0, 16)}`

/** V1: somebody who does not prove who he is answers in a neighbour's place. */
function Distrusted({ neighbour }: { neighbour: Neighbour }) {
  const { title, next } = useWords(operationsWords).distrusted[neighbour]
  return <Alert tone="red" title={title} next={`${next}.`} />
}

/** V3: a store was put back, and there is no step at the till that takes it away. */
function Diverged({ from }: { from: Divergence }) {
  const { title, next } = useWords(operationsWords).diverged[from]
  return <Alert tone="red" title={title} next={`${next}.`} />
}

/** A refusal that says again what stands above it (D14), or in a dialog. */
const isToldAlready = (trouble: Trouble, status: Status | null): boolean =>
  blockIn(trouble) !== null ||
  refusalIn(trouble) === 'billing.forbids' ||
  (status?.diverged != null && refusalIn(trouble) === `${status.diverged}.diverged`)

/** One at a time, the red before the rest: what is said must not push away what is worked on. */
function Notices({ of }: { of: readonly Notice[] }) {
  const [all, setAll] = useState(false)
  const words = useWords(tillWords).messages
  const first = of.findLast(({ tone }) => tone === 'red') ?? of.at(-1)
  if (!first) return null
  const others = of.filter((each) => each !== first)
  return (
    <>
      <Unread key={first.id} notice={first}>
        {others.length > 0 && (
          <Button tone="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? words.less : words.others(others.length)}
          </Button>
        )}
      </Unread>
      {all && others.toReversed().map((each) => <Unread key={each.id} notice={each} />)}
    </>
  )
}

/** S3.2: how an operation ended without a person; stays until somebody has read it. */
function Unread({ notice, children }: { notice: Notice; children?: ComponentChildren }) {
  const language = useLanguage()
  const words = tillWords[language]
  const { title, next } = noticeIn(language, notice)
  return (
    <Alert tone={notice.tone} title={title} next={`${next}.`}>
      <Button onClick={() => void register.acknowledge({ id: notice.id })}>
        {words.messages.read}
      </Button>
      {notice.tone === 'red' && <Button onClick={() => go('#/facts')}>{words.getFacts}</Button>}
      {children}
    </Alert>
  )
}

/** S5.1, S5.3, S5.4: why documents do not go, what helps, and when work will stop. */
function Upload({ upload, now }: { upload: NonNullable<Status['upload']>; now: number }) {
  const { stopsAt, stopped } = upload
  const language = useLanguage()
  const words = tillWords[language].messages
  const { text, next } = uploadIn(language, upload)
  const elapsed = useElapsed(15_000)
  const left =
    stopsAt === null
      ? ''
      : stopped
        ? ` ${words.uploadStopped}`
        : ` ${words.uploadStops(ageIn(controlsWords[language].age, stopsAt - now - elapsed))}`
  return (
    <Alert
      tone={stopsAt === null ? 'amber' : 'red'}
      title={words.upload(text)}
      next={`${next}.${left}`}
    />
  )
}

const Calm = ({ children }: { children: ComponentChildren }) => (
  <p class="calm" role="status">
    <span class="spinner" aria-hidden="true" />
    {children}
  </p>
)

const OpenReceipt = ({ id }: { id: string }) => (
  <Button onClick={() => go(`#/receipts/${id}`)}>{useWords(tillWords).openReceipt}</Button>
)

/** The button that takes the cause away, where there is one. */
function Remedy({ trouble, at }: { trouble: Trouble; at: Route['at'] }) {
  const { status, session } = till.get()
  const words = useWords(tillWords)
  const operation = operationIn(trouble)
  const code = refusalIn(trouble)
  if (operation) return <OpenReceipt id={operation} />
  switch (code) {
    case 'shift.closed':
      // The menu has this very button already.
      return at === 'menu' || !may(session, 'shift') ? null : (
        <Button onClick={() => carryOut({ id: newId(), kind: 'shift-opening' })}>
          {words.messages.openShift}
        </Button>
      )
    case 'shift.over24h':
      return <Button onClick={() => go('#/close-shift')}>{words.messages.closeShift}</Button>
    case 'drawer.not-empty':
      return (
        <Button onClick={() => go(`#/withdrawal/${status?.cash ?? ''}`)}>
          {words.messages.withdrawal}
        </Button>
      )
    case 'discrepancy':
    case 'unsent.over7days':
      return (
        <>
          <Button onClick={() => go('#/facts')}>{words.getFacts}</Button>
          {code === 'discrepancy' && may(session, 'correct') && (
            <Button onClick={() => go('#/settings/correction')}>{words.messages.correction}</Button>
          )}
        </>
      )
    default:
      return null
  }
}
