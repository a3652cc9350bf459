import { useState } from 'preact/hooks'
import type { Refundable } from '#core/api/register.ts'
import { operationId } from '#core/id.ts'
import { formatQuantity, parseQuantity, proportion, thousandths } from '#core/money.ts'
import { Button } from '#web/ui/Button.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { Money } from '#web/ui/Money.tsx'
import { NumberField } from '#web/ui/NumberField.tsx'
import { carryOut } from '../operations.ts'
import { NO_ANSWER, register } from '../register.ts'
import { newId, till } from '../till.ts'

/** N4: what of a sale comes back, in whole or in part, never more than is left of it. */
export function Refund({ id }: { id: string }) {
  const { open } = useStore(till)
  const [answer, again] = useLoad(`${id}/${open.length}`, () => register.refundable({ id }))
  useKeys({ Escape: () => go(`#/receipts/${id}`) })
  if (!answer) return null
  if (answer.kind !== 'done') {
    return (
      <p role="alert">
        {answer.kind === 'refused' ? answer.message : NO_ANSWER}{' '}
        <Button onClick={again}>Повторить</Button>
      </p>
    )
  }
  const left = answer.value.lines.filter((line) => line.left > 0)
  return (
    <>
      <h1>Возврат</h1>
      {left.length === 0 ? (
        <p class="soft">По этому чеку возвращено всё.</p>
      ) : (
        <RefundForm key={id} id={id} lines={left} />
      )}
    </>
  )
}

function RefundForm({ id, lines }: { id: string; lines: readonly Refundable[] }) {
  const { sending } = useStore(till)
  // All of it comes back until somebody says less.
  const [wanted, setWanted] = useState<Record<number, number>>({})
  const quantityOf = (line: Refundable) => wanted[line.line] ?? line.left
  const rows = lines.flatMap((line) => {
    const quantity = quantityOf(line)
    return quantity > 0 ? [{ line: line.line, quantity: thousandths(quantity) }] : []
  })
  const total = lines.reduce((sum, line) => sum + worth(line, quantityOf(line)), 0)
  const setAll = (share: 0 | 1) =>
    setWanted(Object.fromEntries(lines.map((line) => [line.line, line.left * share])))
  const ready = rows.length > 0 && sending === null
  return (
    <form
      class="refund"
      onSubmit={(event) => {
        event.preventDefault()
        const of = operationId(id)
        if (ready && of) carryOut({ id: newId(), kind: 'refund', of, lines: rows })
      }}
    >
      <ul class="refund-lines">
        {lines.map((line) => (
          <li key={line.line}>
            <RefundLine
              line={line}
              quantity={quantityOf(line)}
              onQuantity={(quantity) => setWanted({ ...wanted, [line.line]: quantity })}
            />
          </li>
        ))}
      </ul>
      <div class="refund-end">
        <Button tone="quiet" onClick={() => setAll(1)}>
          Вернуть всё
        </Button>
        <Button tone="quiet" onClick={() => setAll(0)}>
          Ничего
        </Button>
        <p class="refund-total">
          <span>К возврату</span>
          <output aria-label="К возврату">
            <Money sum={total} />
          </output>
        </p>
        <Button
          tone="main"
          big
          type="submit"
          disabled={!ready}
          busy={sending?.request.kind === 'refund'}
        >
          Провести
        </Button>
      </div>
    </form>
  )
}

function RefundLine(props: {
  line: Refundable
  quantity: number
  onQuantity: (quantity: number) => void
}) {
  const { line, quantity, onQuantity } = props
  const isPieces = line.unit === 'шт'
  return (
    <div class="refund-line">
      <div class="refund-what">
        <strong>{line.name}</strong>
        <span class="soft small">
          Осталось {shown(line.left)} {line.unit} на <Money sum={line.sum} />
        </span>
      </div>
      <NumberField
        label="Количество"
        value={quantity}
        min={0}
        max={line.left}
        step={isPieces ? 1000 : 1}
        format={shown}
        parse={(text) => {
          const typed = parseQuantity(text)
          return typed === null || (isPieces && typed % 1000 !== 0) ? null : typed
        }}
        onValue={onQuantity}
      />
    </div>
  )
}

// As the register counts it: a part is its share of what the rest of the line is worth.
const worth = (line: Refundable, quantity: number): number =>
  quantity >= line.left ? line.sum : proportion(line.sum, quantity, line.left)

const shown = (quantity: number): string =>
  quantity % 1000 === 0
    ? String(quantity / 1000)
    : formatQuantity(thousandths(quantity)).replace(/0+$/, '')
