import { useState } from 'preact/hooks'
import type { CustomerView } from '#core/api/customer-view.ts'
import { formatQuantity } from '#core/money.ts'
import { isWhole } from '#core/units.ts'
import type { CustomerWords } from '#core/words/customer/ru.ts'
import { customerWords } from '#core/words/customer.ts'
import { operationsWords } from '#core/words/operations.ts'
import { Button } from '#web/ui/Button.tsx'
import { useDocument, useLater, useWedge } from '#web/ui/hooks.ts'
import { useShared } from '#web/ui/hooks-shared.ts'
import { tellOpener, useWindowHeard } from '#web/ui/hooks-windows.ts'
import { Money } from '#web/ui/Money.tsx'
import { Qr } from '#web/ui/Paper.tsx'
import { play } from '#web/ui/sounds.ts'
import { newId } from '../till.ts'
import { answerAsked, shownToCustomer } from './customer-view.ts'
import { scanTold, takenId } from './passed-scans.ts'

// What was paid is nobody's business but this customer's: it goes when she has gone.
const PAID_MS = 60_000
const MOST_LINES = 8
// A window of this very browser answers at once, or is not there.
const TAKEN_MS = 2000
const nobody: CustomerView = { at: 'idle', place: null, language: 'ru' }

/**
 * N13: the customer's screen, a second window of the cashier's browser. It signs in nowhere, asks
 * no server and knows what the cashier's page lays out for it alone.
 */
export function CustomerDisplay() {
  const [view, setView] = useState(() => shownToCustomer() ?? nobody)
  const [gone, setGone] = useState<string | null>(null)
  useShared(() => {
    answerAsked(innerWidth, innerHeight)
    setView(shownToCustomer() ?? nobody)
  })
  const paid = view.at === 'paid' ? view.id : null
  useLater(paid, PAID_MS, () => setGone(paid))
  const words = customerWords[view.language]
  useDocument(words.title, view.language)
  const isIdle = view.at === 'idle' || (paid !== null && paid === gone)
  return (
    <main class="customer" aria-live="polite">
      <PassedScans words={words} />
      <header class="customer-shop">{view.place ?? 'zPOS'}</header>
      {isIdle && <p class="customer-welcome">{words.welcome}</p>}
      {!isIdle && view.at === 'basket' && <Rung view={view} />}
      {!isIdle && view.at === 'paid' && <Paid view={view} />}
    </main>
  )
}

/** Codes that come here go to the till; one that it has not taken is said to be lost (H2). */
function PassedScans({ words }: { words: CustomerWords }) {
  const [waiting, setWaiting] = useState<readonly { id: string; code: string }[]>([])
  const [lost, setLost] = useState<readonly string[]>([])
  const lose = (code: string) => {
    setLost((before) => [...before, code])
    play('not-found')
  }
  useWedge((code) => {
    const id = newId()
    if (tellOpener(scanTold(id, code))) setWaiting((before) => [...before, { id, code }])
    else lose(code)
  })
  useWindowHeard((said) => {
    const id = takenId(said)
    if (id !== null) setWaiting((before) => before.filter((each) => each.id !== id))
  })
  useLater(waiting[0]?.id ?? null, TAKEN_MS, () => {
    const [first, ...rest] = waiting
    if (first) lose(first.code)
    setWaiting(rest)
  })
  if (lost.length === 0) return null
  return (
    <div class="customer-lost" role="alert">
      <span>{words.scanLost(lost.join(', '))}</span>
      <Button onClick={() => setLost([])}>{words.scanLostRead}</Button>
    </div>
  )
}

function Rung({ view }: { view: Extract<CustomerView, { at: 'basket' }> }) {
  const { language, lines, sum, discount } = view
  const words = customerWords[language]
  const { units } = operationsWords[language]
  const hidden = Math.max(0, lines.length - MOST_LINES)
  return (
    <>
      {hidden > 0 && <p class="soft">{words.before(hidden)}</p>}
      <ol class="customer-lines">
        {lines.slice(hidden).map((line, place) => (
          <li key={hidden + place}>
            <span class="customer-name">{line.name}</span>
            <span class="soft">
              {isWhole(line.unit) ? line.quantity / 1000 : formatQuantity(line.quantity)}{' '}
              {units[line.unit]}
            </span>
            <Money sum={line.sum} />
          </li>
        ))}
      </ol>
      <footer class="customer-sum">
        {discount > 0 && (
          <p>
            <span>{words.discount}</span>
            <Money sum={discount} currency />
          </p>
        )}
        <p class="customer-total">
          <span>{words.total}</span>
          {sum === null ? '…' : <Money sum={sum} currency />}
        </p>
      </footer>
    </>
  )
}

function Paid({ view }: { view: Extract<CustomerView, { at: 'paid' }> }) {
  const { language, sum, change, uid } = view
  const words = customerWords[language]
  return (
    <div class="customer-paid">
      <div class="customer-sum">
        <p>
          <span>{words.paid}</span>
          <Money sum={sum} currency />
        </p>
        {change !== null && (
          <p class="customer-total">
            <span>{words.change}</span>
            <Money sum={change} currency />
          </p>
        )}
        <p class="customer-welcome">{words.thanks}</p>
      </div>
      <figure>
        <Qr text={uid} label={words.qr} />
        <figcaption class="soft">{words.qr}</figcaption>
      </figure>
    </div>
  )
}
