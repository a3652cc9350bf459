import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import type { TillWords } from '#core/words/till/ru.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useElapsed, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { register } from './register.ts'
import { till } from './till.ts'

/** The wait for a card, then the bank's answer. On every screen until the bank has spoken. */
export function CardDialog() {
  const { open } = useStore(till)
  const view = open.find(({ card }) => card && (card.waits !== null || card.isAsked))
  return view?.card ? <CardStep key={view.id} view={view} card={view.card} /> : null
}

/** A card lies on the reader for a purchase alone: money goes back without one. */
function askedOf(words: TillWords['card'], { kind, state }: OperationView, masked: string | null) {
  // The answer was lost; it may be a while, and the customer must not leave as if it were paid.
  if (state === 'asking') return words.lost(masked)
  return kind === 'sale' ? words.stay(masked) : words.needless(masked)
}

function CardStep({
  view,
  card,
}: {
  view: OperationView
  card: NonNullable<OperationView['card']>
}) {
  const { status, heardAt } = useStore(till)
  const words = useWords(tillWords).card
  const askingTitle = view.state === 'asking' ? words.askingBank : words.callingBank
  const elapsed = useElapsed(500)
  const [busy, setBusy] = useState(false)
  const isWaiting = card.waits !== null
  const leftMs =
    card.waits === null || !status ? null : card.waits - (status.now + elapsed - heardAt)
  const cancel = async () => {
    setBusy(true)
    await register.cancelCard({ id: view.id })
    setBusy(false)
  }
  return (
    <Dialog
      class="card-step"
      title={isWaiting ? words.present : askingTitle}
      actions={
        isWaiting && (
          <Button busy={busy} onClick={cancel}>
            {words.cancel}
          </Button>
        )
      }
    >
      <p class="card-sum">
        <Icon name="card" size={36} />
        <strong>
          <Money sum={card.sum} currency />
        </strong>
      </p>
      <p class="soft" role="status">
        {isWaiting ? (
          leftMs !== null && words.waits(Math.max(0, Math.floor(leftMs / 1000)))
        ) : (
          <>
            <span class="spinner" aria-hidden="true" /> {askedOf(words, view, card.masked)}
          </>
        )}
      </p>
    </Dialog>
  )
}
