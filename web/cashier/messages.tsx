import type { ComponentChildren } from 'preact'
import { kinds } from '#core/document/kinds.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { go, useLater, useStore } from '#web/ui/hooks.ts'
import { carryOut } from './operations.ts'
import type { Route } from './routes.ts'
import { newId, type Trouble, till } from './till.ts'

/** What a cashier must be told above any screen, the most urgent first. */
export function Messages({ route }: { route: Route }) {
  const { open, sending, trouble, notice, status } = useStore(till)
  useLater(notice, 5000, () => till.set({ notice: null }))
  // The message stands at the top; a long form may have been scrolled away from it.
  useLater(trouble, 0, () => scrollTo({ top: 0 }))
  const asking = open.find((view) => view.state === 'asking')
  const red = open.find((view) => view.state === 'red')
  const isSaid = trouble?.operation === red?.id || (route.at === 'receipt' && route.id === red?.id)
  return (
    <>
      <div class="messages">
        {sending?.lost && (
          <Calm>Касса пока не ответила. Спрашиваем снова, операция не проведётся дважды…</Calm>
        )}
        {asking && <Calm>Уточняем исход операции…</Calm>}
        {red && !isSaid && (
          <Alert
            tone="red"
            title={red.message?.text ?? `Операция ${kinds[red.kind].genitive} не завершена.`}
            next={red.message?.next}
          >
            <OpenReceipt id={red.id} />
          </Alert>
        )}
        {trouble && (
          <Alert
            tone="red"
            title={trouble.title}
            next={trouble.next}
            onClose={() => till.set({ trouble: null })}
          >
            <Remedy trouble={trouble} />
          </Alert>
        )}
        {status?.shift?.mustClose && route.at !== 'close-shift' && (
          <Alert
            tone="amber"
            title="Смена открыта больше 24 часов"
            next="Сейчас можно только изъять наличные и закрыть смену."
          >
            {route.at !== 'menu' && trouble?.code !== 'shift.over24h' && (
              <Button onClick={() => go('#/close-shift')}>Закрыть смену</Button>
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

const Calm = ({ children }: { children: ComponentChildren }) => (
  <p class="calm" role="status">
    <span class="spinner" aria-hidden="true" />
    {children}
  </p>
)

const OpenReceipt = ({ id }: { id: string }) => (
  <Button onClick={() => go(`#/receipts/${id}`)}>Открыть чек</Button>
)

/** The button that takes the cause away, where there is one. */
function Remedy({ trouble }: { trouble: Trouble }) {
  const { status } = till.get()
  if (trouble.operation) return <OpenReceipt id={trouble.operation} />
  switch (trouble.code) {
    case 'shift.closed':
      return (
        <Button onClick={() => carryOut({ id: newId(), kind: 'shift-opening' })}>
          Открыть смену
        </Button>
      )
    case 'shift.over24h':
      return <Button onClick={() => go('#/close-shift')}>Закрыть смену</Button>
    case 'drawer.not-empty':
      return <Button onClick={() => go(`#/withdrawal/${status?.cash ?? ''}`)}>Изъятие</Button>
    case 'discrepancy':
      return <Button onClick={() => go('#/facts')}>Получить данные</Button>
    default:
      return null
  }
}
