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
import { play } from '#web/ui/sounds.ts'
import { Billing } from './billing.tsx'
import { OtherWays } from './forms/other-ways.tsx'
import { Measure } from './measures.tsx'
import { keyOf, type Message, messagesNow } from './message-order.ts'
import { MissedScans } from './missed-scans.tsx'
import { carryOut } from './operations.ts'
import { register } from './register.ts'
import { Carried, Retired } from './replaced.tsx'
import type { Route } from './routes.ts'
import { newId, till } from './till.ts'
import { isByHand, isDeclined, operationIn, refusalIn, type Trouble, toldOf } from './trouble.ts'

/** How long it is told that something went well: it is no step, and stands in the journal. */
const NOTICE_MS = 15_000

/** What a cashier must be told above any screen: one thing at a time, the rest by a press (H7). */
export function Messages({ route }: { route: Route }) {
  const state = useStore(till)
  const { open, trouble, notice } = state
  const isTop = useIsTop(null)
  // The message stands at the top; a long form may have been scrolled away from it.
  const red = open.find((view) => view.state === 'red')
  useLater(trouble ?? red?.id ?? null, 0, () => {
    play('attention')
    scrollTo({ top: 0 })
  })
  useLater(notice, NOTICE_MS, () => till.set({ notice: null }))
  const [first, ...others] = messagesNow(state, route, isTop)
  return (
    <>
      <div class="messages">
        {first && <OneAtATime key={keyOf(first)} messages={[first, ...others]} at={route.at} />}
      </div>
      {notice && (
        <div class="toast">
          <Alert tone="green" title={notice} />
        </div>
      )}
    </>
  )
}

function OneAtATime({ messages, at }: { messages: readonly Message[]; at: Route['at'] }) {
  const words = useWords(tillWords).messages
  const [turned, setTurned] = useState(0)
  const shown = messages[turned % messages.length]
  return (
    <>
      {shown && <Shown key={keyOf(shown)} message={shown} at={at} />}
      {messages.length > 1 && (
        <Button tone="quiet" class="messages-more" onClick={() => setTurned(turned + 1)}>
          {words.others(messages.length - 1)}
        </Button>
      )}
    </>
  )
}

function Shown({ message, at }: { message: Message; at: Route['at'] }) {
  const { status, heardAt } = useStore(till)
  const words = useWords(tillWords).messages
  switch (message.is) {
    case 'missed':
      return <MissedScans />
    case 'lost':
      return <Calm>{words.noAnswerYet}</Calm>
    case 'asking':
      return <Calm>{words.asking}</Calm>
    case 'red':
      return <Red view={message.view} />
    case 'trouble':
      return <Refusal trouble={message.trouble} at={at} />
    case 'distrusted':
      return <Distrusted neighbour={message.neighbour} />
    case 'diverged':
      return <Diverged from={message.from} />
    case 'measure':
      return (
        <Measure
          measure={message.measure}
          ahead={message.ahead}
          upload={message.upload}
          isShiftOpen={status?.shift !== null}
        />
      )
    case 'billing':
      return <Billing billing={message.billing} told={message.told} />
    case 'overdue':
      return <Overdue at={at} />
    case 'closed':
      return <Closed />
    case 'upload':
      return <Upload upload={message.upload} now={(status?.now ?? 0) - heardAt} />
    case 'retired':
      return <Retired />
    case 'carried':
      return <Carried sum={message.sum} />
    case 'notice':
      return <Unread notice={message.notice} />
    default:
      return message satisfies never
  }
}

/** Why the last press came to nothing; a stop of work says its cause in the same breath (D14). */
function Refusal({ trouble, at }: { trouble: Trouble; at: Route['at'] }) {
  const { status } = useStore(till)
  const language = useLanguage()
  const { title, next } = toldOf(trouble, language)
  const cause =
    refusalIn(trouble) === 'unsent.over7days' && status?.upload
      ? uploadIn(language, status.upload)
      : null
  return (
    <Alert
      tone={isByHand(trouble) ? 'amber' : 'red'}
      title={title}
      next={cause ? `${sentences(cause.text, cause.next)}.` : next}
      onClose={() => till.set({ trouble: null })}
    >
      <Remedy trouble={trouble} at={at} />
    </Alert>
  )
}

function Overdue({ at }: { at: Route['at'] }) {
  const words = useWords(tillWords).messages
  return (
    <Alert tone="amber" title={words.overdue} next={words.overdueNext}>
      {at !== 'menu' && <Button onClick={() => go('#/close-shift')}>{words.closeShift}</Button>}
    </Alert>
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

/** S3.2: how an operation ended without a person; stays until somebody has read it. */
function Unread({ notice }: { notice: Notice }) {
  const language = useLanguage()
  const words = tillWords[language]
  const { title, next } = noticeIn(language, notice)
  return (
    <Alert tone={notice.tone} title={title} next={`${next}.`}>
      <Button onClick={() => void register.acknowledge({ id: notice.id })}>
        {words.messages.read}
      </Button>
      {notice.tone === 'red' && <Button onClick={() => go('#/facts')}>{words.getFacts}</Button>}
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

/** D20: told before a receipt is rung up in vain; what is rung up stays. */
function Closed() {
  const words = useWords(tillWords).messages
  return (
    <Alert tone="amber" title={words.closed} next={words.closedNext}>
      <OpenShift />
    </Alert>
  )
}

function OpenShift() {
  const { sending } = useStore(till)
  return (
    <Button
      busy={sending?.request.kind === 'shift-opening'}
      onClick={() => carryOut({ id: newId(), kind: 'shift-opening' })}
    >
      {useWords(tillWords).messages.openShift}
    </Button>
  )
}

/** The button that takes the cause away, where there is one. */
function Remedy({ trouble, at }: { trouble: Trouble; at: Route['at'] }) {
  const { status, session } = till.get()
  const words = useWords(tillWords)
  const operation = operationIn(trouble)
  const code = refusalIn(trouble)
  if (operation) return <OpenReceipt id={operation} />
  if (at === 'sale' && isDeclined(trouble)) return <OtherWays />
  switch (code) {
    case 'shift.closed':
      // The menu has this very button already.
      return at === 'menu' ? null : <OpenShift />
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
