import { useState } from 'preact/hooks'
import type { EquipmentView } from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import type { Kopecks } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import { amount } from '#core/words/figures.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Switch } from '#web/ui/Switch.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { office, told, useEntitled } from '../office.ts'

/** C4: a client's tills, and how far they are paid for. */
export function Equipment() {
  const words = useWords(officeWords).equipment
  const [answer, again] = useLoad('equipment', () => office.equipment({}))
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {({ equipment }) =>
          equipment.length === 0 ? (
            <p class="soft">{words.none}</p>
          ) : (
            equipment.map((till) => <Till key={till.serial} till={till} again={again} />)
          )
        }
      </Loaded>
    </>
  )
}

const renewalRow = (
  words: OfficeWords['equipment'],
  { on, price }: { on: string; price: Kopecks },
): [string, string] => [words.renewal, `${printedDay(on)}, ${amount(price)}`]

function Till({ till, again }: { till: EquipmentView; again: () => void }) {
  const words = useWords(officeWords).equipment
  const { none } = useWords(officeWords)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const mayOrder = useEntitled('orders.place')
  const { serial, unp, version, heardAt, subscription } = till
  const paid =
    subscription && `${subscription.name}, ${words.until(printedDay(subscription.until))}`
  const change = async (on: boolean) => {
    const answer = await office.renewal({ serial, on })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') again()
  }
  return (
    <section class="card till" aria-label={serial}>
      <h2>{serial}</h2>
      <Facts
        rows={[
          [words.unp, unp ?? none],
          [words.version, version ?? none],
          [words.heard, heardAt === null ? words.neverHeard : printedMoment(heardAt)],
          [words.subscription, subscription?.ended ? words.ended : (paid ?? none)],
          ...(subscription?.renewal ? [renewalRow(words, subscription.renewal)] : []),
        ]}
      />
      {trouble && <Alert tone="red" title={told(trouble)} />}
      {mayOrder && subscription && !subscription.ended && (
        <Switch label={words.renews} on={subscription.renews} onChange={(on) => void change(on)} />
      )}
      {mayOrder && (
        <a class="button button-plain" href={`#/orders?serial=${encodeURIComponent(serial)}`}>
          {words.order}
        </a>
      )}
    </section>
  )
}
