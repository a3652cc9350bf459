import type { ComponentChildren } from 'preact'
import { may } from '#core/access/roles.ts'
import type { Reply } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { firstStepsWords } from '#core/words/first-steps.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { till } from '../till.ts'
import { answerOf } from '../trouble.ts'
import { Stages } from './stages.tsx'

type Steps = Reply<(typeof registerApi)['firstSteps']>

/** Of what leads to the first sale so many things are left to be done. */
const leftOf = ({ office, printed, goods, sold }: Steps): number =>
  [office?.isOpen ?? true, printed, goods > 0, sold].filter((isDone) => !isDone).length

/** K7: the way to the first sale, until it was gone or put away; nothing for anybody else. */
export function FirstStepsEntry() {
  const { session } = useStore(till)
  return may(session, 'settings.edit') ? <Entry /> : null
}

function Entry() {
  const words = useWords(firstStepsWords)
  const [answer] = useLoad('first-steps', () => register.firstSteps({}))
  if (answer?.kind !== 'done' || !answer.value.wanted) return null
  const left = leftOf(answer.value)
  if (left === 0) return null
  return (
    <a class="entry" href="#/first-steps">
      <Icon name="list" />
      <span>
        <strong>{words.heading}</strong>
        <span class="soft small">{words.note(left)}</span>
      </span>
    </a>
  )
}

/** K7: each step, what is known of it, and where it is taken; left and taken up again at will. */
export function FirstSteps() {
  const words = useWords(firstStepsWords)
  const { session, status } = useStore(till)
  useKeys({ Escape: () => goBack({ at: 'first-steps' }) })
  // What is done elsewhere, a receipt or a paper, is seen here at once.
  const [answer, again] = useLoad(String(status?.revision), () => register.firstSteps({}))
  if (!may(session, 'settings.edit')) return <p role="alert">{words.byRight}</p>
  if (!answer) return null
  if (answer.kind !== 'done') return <p role="alert">{answerOf(answer)}</p>
  const steps = answer.value
  const end = async () => {
    const ended = await register.endFirstSteps({})
    if (ended.kind === 'done') go('#/menu')
    else till.set({ trouble: ended })
  }
  return (
    <>
      <Stages now="steps" />
      <h1>{words.heading}</h1>
      <p>{words.lead}</p>
      <ol class="first-steps">
        <Shop />
        {steps.office && <Office {...steps.office} onAsked={again} />}
        <Printer isDone={steps.printed} />
        <Goods count={steps.goods} />
        <Sale isDone={steps.sold} />
      </ol>
      {leftOf(steps) === 0 ? (
        <Button tone="main" big onClick={end}>
          {words.finish}
        </Button>
      ) : (
        <Button tone="quiet" onClick={end}>
          {words.end}
        </Button>
      )}
    </>
  )
}

function Step(props: { title: string; isDone: boolean; children: ComponentChildren }) {
  const words = useWords(firstStepsWords)
  const { title, isDone, children } = props
  return (
    <li class={`first-step ${isDone ? 'first-step-done' : ''}`}>
      <span class="first-step-mark">
        {isDone && <Icon name="check" />}
        <span class="small">{isDone ? words.done : words.left}</span>
      </span>
      <div class="first-step-body">
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  )
}

/** What the operator told of the shop: it stands on each paper. */
function Shop() {
  const { shop } = useWords(firstStepsWords)
  const { settings: words } = useWords(tillWords)
  const { status } = useStore(till)
  const issuer = status?.issuer
  return (
    <Step title={shop.title} isDone={issuer !== null && issuer !== undefined}>
      {issuer ? (
        <>
          <Facts
            rows={[
              [words.company, issuer.company],
              [words.unp, issuer.unp],
              [words.place, issuer.place],
              [words.address, issuer.address],
              [words.registerNumber, issuer.registerNumber],
            ]}
          />
          <p class="soft small">{shop.told}</p>
        </>
      ) : (
        <p>{shop.unknown}</p>
      )}
    </Step>
  )
}

function Office(props: { isOpen: boolean; serial: string; onAsked: () => void }) {
  const { isOpen, serial, onAsked } = props
  const { office } = useWords(firstStepsWords)
  const ask = async () => {
    const answer = await register.checkBilling({})
    if (answer.kind === 'done') onAsked()
    else till.set({ trouble: answer })
  }
  return (
    <Step title={office.title} isDone={isOpen}>
      <Facts rows={[[office.serial, serial]]} />
      {isOpen ? (
        <p>{office.isOpen}</p>
      ) : (
        <>
          <p>{office.wanting}</p>
          <div class="stock-actions">
            <Button onClick={ask}>{office.check}</Button>
          </div>
        </>
      )}
    </Step>
  )
}

function Printer({ isDone }: { isDone: boolean }) {
  const { printer } = useWords(firstStepsWords)
  return (
    <Step title={printer.title} isDone={isDone}>
      <p>{isDone ? printer.some : printer.none}</p>
      <div class="stock-actions">
        <Button onClick={() => go('#/settings/equipment')}>{printer.set}</Button>
      </div>
    </Step>
  )
}

function Goods({ count }: { count: number }) {
  const { goods } = useWords(firstStepsWords)
  return (
    <Step title={goods.title} isDone={count > 0}>
      <p>{count > 0 ? goods.some(count) : goods.none}</p>
      <div class="stock-actions">
        <Button onClick={() => go('#/settings/goods/import')}>{goods.load}</Button>
        <Button onClick={() => go('#/settings/goods/new')}>{goods.add}</Button>
      </div>
    </Step>
  )
}

function Sale({ isDone }: { isDone: boolean }) {
  const { sale } = useWords(firstStepsWords)
  return (
    <Step title={sale.title} isDone={isDone}>
      <p>{isDone ? sale.some : sale.none}</p>
      {!isDone && (
        <div class="stock-actions">
          <Button onClick={() => go('#/menu')}>{sale.open}</Button>
        </div>
      )}
    </Step>
  )
}
