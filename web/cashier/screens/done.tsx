import { titleOf } from '#core/document/kinds.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useKeys, useLoad } from '#web/ui/hooks.ts'
import { Icon } from '#web/ui/Icon.tsx'
import { Money } from '#web/ui/Money.tsx'
import { OperationPaper } from '../operation-paper.tsx'
import { NO_ANSWER, register } from '../register.ts'

/** What an operation ended with: the change, the paper, the next customer. */
export function Done({ id }: { id: string }) {
  const [answer, again] = useLoad(id, () => register.operation({ id }))
  const view = answer?.kind === 'done' ? answer.value : null
  const on = () => go(view?.kind === 'sale' ? '#/sale' : '#/menu')
  useKeys({ Enter: on, Escape: on })
  if (answer && !view) {
    return (
      <p role="alert">
        {answer.kind === 'refused' ? answer.message : NO_ANSWER}{' '}
        <Button onClick={again}>Повторить</Button>
      </p>
    )
  }
  if (!view) return null
  // Only of cash is there change: a zero after a card would ask the cashier to look for it.
  const hasChange = view.kind === 'sale' && view.payments.some(({ means }) => means === 'cash')
  return (
    <div class="done">
      <div class="done-said" role="status">
        <span class="done-mark">
          <Icon name="check" size={34} />
        </span>
        <h1>{view.kind === 'shift-closing' ? 'Z-отчёт' : titleOf(view.kind)}</h1>
        <p class="soft">Документ № {view.number} оформлен</p>
        {hasChange ? (
          <p class="done-change">
            <span>Сдача</span>
            <output aria-label="Сдача">
              <Money sum={view.change} />
            </output>
          </p>
        ) : (
          view.sum > 0 && (
            <p class="done-change">
              <span>Сумма</span>
              <strong>
                <Money sum={view.sum} />
              </strong>
            </p>
          )
        )}
        <Button tone="main" big wide wanted onClick={on}>
          {view.kind === 'sale' ? 'Новая продажа' : 'Готово'}
          <span class="key-hint" aria-hidden="true">
            Enter
          </span>
        </Button>
      </div>
      <OperationPaper view={view} />
    </div>
  )
}
