import { useState } from 'preact/hooks'
import type { OperationView } from '#core/api/register.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useElapsed, useStore } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { Money } from '#web/ui/Money.tsx'
import { register } from './register.ts'
import { till } from './till.ts'

/** «Приложите карту», then the bank's answer. Stands on every screen until the bank has spoken. */
export function CardDialog() {
  const { open } = useStore(till)
  const view = open.find(({ card }) => card && (card.waits !== null || card.isAsked))
  return view?.card ? <CardStep key={view.id} view={view} card={view.card} /> : null
}

/** A card lies on the reader for a purchase alone: money goes back without one. */
function askedOf({ kind, state }: OperationView, masked: string | null): string {
  const named = masked === null ? 'Карта' : `Карта ${masked}`
  // The answer was lost; it may be a while, and the customer must not leave as if it were paid.
  if (state === 'asking') return `${named}. Ответ банка потерян, касса узнаёт его сама.`
  return kind === 'sale'
    ? `${named}. Не убирайте её, пока банк не ответит.`
    : `${named}. Прикладывать её не нужно.`
}

const askingTitle = ({ state }: OperationView): string =>
  state === 'asking' ? 'Уточняем операцию в банке' : 'Связываемся с банком'

function CardStep({
  view,
  card,
}: {
  view: OperationView
  card: NonNullable<OperationView['card']>
}) {
  const { status, heardAt } = useStore(till)
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
      title={isWaiting ? 'Приложите карту' : askingTitle(view)}
      actions={
        isWaiting && (
          <Button busy={busy} onClick={cancel}>
            Отмена
          </Button>
        )
      }
    >
      <p class="card-sum">
        <Icon name="card" size={36} />
        <strong>
          <Money sum={card.sum} />
        </strong>
      </p>
      <p class="soft" role="status">
        {isWaiting ? (
          leftMs !== null && `Терминал ждёт карту ещё ${Math.max(0, Math.floor(leftMs / 1000))} с`
        ) : (
          <>
            <span class="spinner" aria-hidden="true" /> {askedOf(view, card.masked)}
          </>
        )}
      </p>
    </Dialog>
  )
}
