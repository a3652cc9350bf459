import { useState } from 'preact/hooks'
import type { EquipmentView, TariffView } from '#core/api/office-cabinet.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { printedMoment } from '#core/time.ts'
import { officeWords } from '#core/words/office.ts'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import { office, told } from '../office.ts'
import { ActForm } from './act-form.tsx'

type Props = { till: EquipmentView; tariffs: readonly TariffView[]; again: () => void }

const paidOf = ({ subscription }: EquipmentView): string | null =>
  subscription && !subscription.ended
    ? `${subscription.name}, ${printedDay(subscription.until)}`
    : null

/** A till of a contract: its subscription on the client's behalf, and its end. */
export function EquipmentActs({ till, tariffs, again }: Props) {
  const all = useWords(officeWords)
  const words = all.staff
  const { serial, unp, version, heardAt } = till
  const [tariff, setTariff] = useState(tariffs[0]?.id ?? '')
  const paid = paidOf(till)
  return (
    <section class="card" aria-label={serial}>
      <h2>{serial}</h2>
      <Facts
        rows={[
          [all.equipment.unp, unp ?? all.none],
          [all.equipment.version, version ?? all.none],
          [all.equipment.heard, heardAt === null ? all.none : printedMoment(heardAt)],
          [all.equipment.subscription, paid ?? all.none],
        ]}
      />
      {paid === null ? (
        <>
          <Select
            label={all.orders.tariff}
            value={tariff}
            options={tariffs.map(({ id, name }) => ({ value: id, text: name }))}
            onChoice={setTariff}
          />
          <ActForm
            act={words.subscribe}
            fields={{}}
            send={() => office.subscribe({ serial, tariff, renews: true })}
            onDone={again}
          />
        </>
      ) : (
        <ActForm
          act={words.stop}
          danger
          fields={{ reason: { label: words.reason } }}
          send={({ reason }) => office.stopSubscription({ serial, reason })}
          onDone={again}
        />
      )}
      <ActForm
        act={words.retire}
        danger
        fields={{}}
        send={() => office.retireEquipment({ serial })}
        onDone={again}
      />
    </section>
  )
}

/** All equipment, and under which contract it works. */
export function AllEquipment() {
  const all = useWords(officeWords)
  const words = all.staff
  const [answer, again] = useLoad('all equipment', () => office.equipment({}))
  const columns: readonly Column<EquipmentView>[] = [
    { head: words.serial, cell: ({ serial }) => serial },
    { head: words.number, cell: ({ contract }) => contract ?? all.none, width: '130px' },
    { head: words.company, cell: ({ company }) => company, width: 'minmax(0, 1.5fr)' },
    { head: all.equipment.version, cell: ({ version }) => version, width: '90px' },
    { head: all.equipment.subscription, cell: (till) => paidOf(till) ?? all.none },
  ]
  return (
    <>
      <h1>{words.nav.equipment}</h1>
      <Loaded answer={answer} told={told} again={again}>
        {({ equipment }) => (
          <Table
            label={words.nav.equipment}
            columns={columns}
            rows={equipment}
            keyOf={({ serial }) => serial}
            end={equipment.length === 0 ? words.none : undefined}
          />
        )}
      </Loaded>
    </>
  )
}
