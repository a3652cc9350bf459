import { useState } from 'preact/hooks'
import { may } from '#core/access/roles.ts'
import type { BillingView } from '#core/api/register-billing.ts'
import { billingWords } from '#core/words/billing.ts'
import { updatesWords } from '#core/words/updates.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go, useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import type { BillingTold } from './message-order.ts'
import { register } from './register.ts'
import { till } from './till.ts'

/** S2: what billing says: it forbids, it warns until somebody has read it, its days of grace. */
export function Billing({ billing, told }: { billing: BillingView; told: BillingTold }) {
  switch (told) {
    case 'forbids':
      return <Forbidden billing={billing} tone={till.get().status?.shift ? 'amber' : 'red'} />
    case 'warns':
      return <Warning billing={billing} />
    case 'grace':
      return <Grace until={billing.graceUntil ?? 0} />
    default:
      return told satisfies never
  }
}

function Forbidden({ billing, tone }: { billing: BillingView; tone: 'red' | 'amber' }) {
  const { states } = useWords(billingWords)
  const { message, next } = states[billing.state](billing.account)
  return (
    <Alert tone={tone} title={message} next={`${next}.`}>
      {billing.state === 'update-required' && <ToStore />}
      <CheckAgain />
    </Alert>
  )
}

function Warning({ billing }: { billing: BillingView }) {
  const { states, read } = useWords(billingWords)
  const { message, next } = states[billing.state](billing.account)
  const { notReady } = useWords(updatesWords)
  const isUpdate = billing.state === 'update-required'
  return (
    <Alert tone="amber" title={message} next={`${isUpdate ? notReady : next}.`}>
      {isUpdate && <ToStore />}
      <Button onClick={() => void register.readBilling({})}>{read}</Button>
    </Alert>
  )
}

function Grace({ until }: { until: number }) {
  const { grace } = useWords(billingWords)
  return (
    <Alert tone="amber" title={grace(until)}>
      <CheckAgain />
    </Alert>
  )
}

/** Where the till's programs are, for whoever may install them. */
function ToStore() {
  const { heading } = useWords(updatesWords)
  const { session } = useStore(till)
  const isThere = location.hash === '#/settings/store'
  if (isThere || !may(session, 'update')) return null
  return <Button onClick={() => go('#/settings/store')}>{heading}</Button>
}

/** Asks at once; what is answered comes with the status. */
function CheckAgain() {
  const words = useWords(billingWords)
  const [asking, setAsking] = useState(false)
  const [unanswered, setUnanswered] = useState(false)
  const check = async () => {
    setAsking(true)
    const answer = await register.checkBilling({})
    setUnanswered(answer.kind !== 'done' || !answer.value.answered)
    setAsking(false)
  }
  return (
    <>
      <Button busy={asking} onClick={() => void check()}>
        {words.checkAgain}
      </Button>
      {unanswered && <span role="status">{words.unanswered}.</span>}
    </>
  )
}
