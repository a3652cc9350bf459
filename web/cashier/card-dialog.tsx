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
  const view = open.find(
    ({ state, card }) => state === 'intended' && card && (card.waits !== null || card.isAsked),
  )
  return view?.card ? <CardStep key={view.id} view={view} card={view.card} /> : null
}

/** A card lies on the reader for a purchase alone: money goes back without one. */
function askedOf(kind: OperationView['kind'], masked: string | null): string {
  const named = masked === null ? 'Карта' : `Карта ${masked}`
  return kind === 'sale'
    ? `${named}. Не убирайте её, пока банк не ответит.`
    : `${named}. Прикладывать её не нужно.`
}

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
      role="alertdialog"
      class="card-step"
      title={isWaiting ? 'Приложите карту' : 'Связываемся с банком'}
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
            <span class="spinner" aria-hidden="true" /> {askedOf(view.kind, card.masked)}
          </>
        )}
      </p>
    </Dialog>
  )
}
