import { useState } from 'preact/hooks'
import type { Refundable } from '#core/api/register.ts'
import { operationId } from '#core/id.ts'
import { formatQuantity, parseQuantity, proportion, thousandths } from '#core/money.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { go, useKeys, useLoad, useStore } from '#web/ui/hooks.ts'
import { Money } from '#web/ui/Money.tsx'
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
  const [typed, setTyped] = useState<Record<number, string>>({})
  const textOf = (line: Refundable) => typed[line.line] ?? ''
  const all = () => setTyped(Object.fromEntries(lines.map((line) => [line.line, shown(line.left)])))
  const wanted = lines.flatMap((line) => {
    const quantity = parseQuantity(textOf(line) || '0')
    return quantity && quantity <= line.left ? [{ line, quantity }] : []
  })
  const wrong = lines.some((line) => faultOf(line, textOf(line)) !== undefined)
  const total = wanted.reduce((sum, { line, quantity }) => sum + worth(line, quantity), 0)
  return (
    <form
      class="refund"
      onSubmit={(event) => {
        event.preventDefault()
        const of = operationId(id)
        if (wrong || wanted.length === 0 || sending || !of) return
        const rows = wanted.map(({ line, quantity }) => ({ line: line.line, quantity }))
        carryOut({ id: newId(), kind: 'refund', of, lines: rows })
      }}
    >
      <ul class="refund-lines">
        {lines.map((line) => (
          <li key={line.line}>
            <RefundLine
              line={line}
              text={textOf(line)}
              onText={(text) => setTyped({ ...typed, [line.line]: text })}
            />
          </li>
        ))}
      </ul>
      <div class="refund-end">
        <Button tone="quiet" onClick={all}>
          Вернуть всё
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
          disabled={wrong || wanted.length === 0 || sending !== null}
          busy={sending?.request.kind === 'refund'}
        >
          Провести
        </Button>
      </div>
    </form>
  )
}

function RefundLine(props: { line: Refundable; text: string; onText: (text: string) => void }) {
  const { line, text, onText } = props
  return (
    <div class="refund-line">
      <div class="refund-what">
        <strong>{line.name}</strong>
        <span class="soft small">
          Осталось {shown(line.left)} {line.unit} на <Money sum={line.sum} />
        </span>
      </div>
      <Field
        label={`Количество: ${line.name}`}
        bare
        inputMode="decimal"
        placeholder="0"
        value={text}
        onText={onText}
        error={faultOf(line, text)}
      />
      <Button tone="quiet" onClick={() => onText(shown(line.left))}>
        Всё
      </Button>
    </div>
  )
}

function faultOf(line: Refundable, text: string): string | undefined {
  if (text === '') return undefined
  const quantity = parseQuantity(text)
  if (quantity === null) return 'Количество, например 1 или 0.342'
  if (line.unit === 'шт' && quantity % 1000 !== 0) return 'Товар возвращается целыми штуками'
  return quantity > line.left ? `Осталось только ${shown(line.left)}` : undefined
}

// As the register counts it: a part is its share of what the rest of the line is worth.
const worth = (line: Refundable, quantity: number): number =>
  quantity >= line.left ? line.sum : proportion(line.sum, quantity, line.left)

const shown = (quantity: number): string =>
  quantity % 1000 === 0
    ? String(quantity / 1000)
    : formatQuantity(thousandths(quantity)).replace(/0+$/, '')
