import { useState } from 'preact/hooks'
import { v7 as newId } from 'uuid'
import type { ContractView, EquipmentView, TariffView } from '#core/api/office-cabinet.ts'
import { parseMoney } from '#core/money.ts'
import { printedMoment } from '#core/time.ts'
import type { OfficeWords } from '#core/words/office/ru.ts'
import { officeWords } from '#core/words/office.ts'
import { trailWords } from '#core/words/trail.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { Money } from '#web/ui/Money.tsx'
import { type Column, Table } from '#web/ui/Table.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { office, told } from '../office.ts'
import { ActForm } from './act-form.tsx'
import { EquipmentActs } from './equipment.tsx'

type Words = OfficeWords['staff']

const stateOf = ({ concludedAt, endedAt }: ContractView, words: Words): string => {
  if (endedAt !== null) return words.states.ended
  return concludedAt === null ? words.states.draft : words.states.inForce
}

const columnsIn = (words: Words): readonly Column<ContractView>[] => [
  { head: words.number, cell: ({ number }) => number, width: '130px' },
  { head: words.company, cell: ({ company }) => company, width: 'minmax(0, 2fr)' },
  { head: words.unp, cell: ({ unp }) => unp, width: '110px' },
  { head: words.account, cell: ({ account }) => account, width: '110px' },
  { head: words.state, cell: (row) => stateOf(row, words), width: '120px' },
  { head: words.balance, cell: ({ balance }) => <Money sum={balance} />, right: true },
]

/** R18: contracts, as staff keep them. */
export function Contracts() {
  const words = useWords(officeWords).staff
  const [answer, again] = useLoad('contracts', () => office.contracts({}))
  return (
    <>
      <h1>{words.nav.contracts}</h1>
      <Loaded answer={answer} told={told} again={again}>
        {({ contracts }) => (
          <Table
            label={words.nav.contracts}
            columns={columnsIn(words)}
            rows={contracts}
            keyOf={({ number }) => number}
            hrefOf={({ number }) => `#/contracts/${encodeURIComponent(number)}`}
            end={contracts.length === 0 ? words.none : undefined}
          />
        )}
      </Loaded>
      <section class="card">
        <ActForm
          act={words.addContract}
          fields={{
            contract: { label: words.number },
            company: { label: words.company },
            unp: { label: words.unp },
          }}
          send={(values) => office.saveContract(values)}
          onDone={again}
        />
      </section>
    </>
  )
}

type View = {
  contract: ContractView | null
  tills: readonly EquipmentView[]
  tariffs: readonly TariffView[]
}

async function load(number: string): Promise<{ kind: 'done'; value: View } | Trouble> {
  const [contracts, equipment, tariffs] = await Promise.all([
    office.contracts({}),
    office.equipment({}),
    office.tariffs({}),
  ])
  if (contracts.kind !== 'done') return contracts
  if (equipment.kind !== 'done') return equipment
  if (tariffs.kind !== 'done') return tariffs
  const contract = contracts.value.contracts.find((each) => each.number === number) ?? null
  const tills = equipment.value.equipment.filter((each) => each.contract === number)
  return { kind: 'done', value: { contract, tills, tariffs: tariffs.value.tariffs } }
}

/** A contract, and all that staff do about it. */
export function Contract({ number }: { number: string }) {
  const all = useWords(officeWords)
  const trail = useWords(trailWords)
  const [answer, again] = useLoad(`contract ${number}`, () => load(number))
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label={all.back} onClick={() => history.back()} />
        <h1>{number}</h1>
        <a href={addressOf('acts', { contract: number })}>{trail.ofContract}</a>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {({ contract, tills, tariffs }) =>
          contract ? (
            <>
              <About
                key={`${contract.unp} ${contract.company}`}
                contract={contract}
                again={again}
              />
              <Payment contract={contract} again={again} />
              {tills.map((till) => (
                <EquipmentActs key={till.serial} till={till} tariffs={tariffs} again={again} />
              ))}
              <NewTill contract={contract} again={again} />
            </>
          ) : (
            <p>{all.staff.none}</p>
          )
        }
      </Loaded>
    </>
  )
}

type Props = { contract: ContractView; again: () => void }

function About({ contract, again }: Props) {
  const words = useWords(officeWords).staff
  const { number, unp, company, account, balance, concludedAt, endedAt } = contract
  const isInForce = concludedAt !== null && endedAt === null
  return (
    <section class="card" aria-label={number}>
      <Facts
        rows={[
          [words.state, stateOf(contract, words)],
          [words.concluded, concludedAt === null ? '-' : printedMoment(concludedAt)],
          [words.account, account],
          [words.balance, <Money key="balance" sum={balance} />],
        ]}
      />
      <ActForm
        act={words.save}
        fields={{
          company: { label: words.company, value: company },
          unp: { label: words.unp, value: unp },
        }}
        send={(values) => office.saveContract(Object.assign({ contract: number }, values))}
        onDone={again}
      />
      {isInForce ? (
        <ActForm
          act={words.end}
          danger
          fields={{ reason: { label: words.reason } }}
          send={({ reason }) => office.endContract({ contract: number, reason })}
          onDone={again}
        />
      ) : (
        <ActForm
          act={words.conclude}
          fields={{}}
          send={() => office.conclude({ contract: number })}
          onDone={again}
        />
      )}
    </section>
  )
}

/** An incoming payment, under an id of its own until it is written down. */
function Payment({ contract: { account }, again }: Props) {
  const words = useWords(officeWords).staff
  const [id, setId] = useState(() => newId())
  return (
    <section class="card" aria-label={words.payment}>
      <ActForm
        act={words.payment}
        fields={{ sum: { label: words.sum, money: true }, note: { label: words.note } }}
        send={({ sum: text, note }) => {
          const sum = parseMoney(text)
          return sum ? office.payment({ id: id as never, account, sum, note }) : null
        }}
        onDone={() => {
          setId(newId())
          again()
        }}
      />
    </section>
  )
}

function NewTill({ contract: { number }, again }: Props) {
  const words = useWords(officeWords).staff
  return (
    <section class="card" aria-label={words.addEquipment}>
      <ActForm
        act={words.addEquipment}
        fields={{ serial: { label: words.serial } }}
        send={({ serial }) => office.saveEquipment({ serial, contract: number })}
        onDone={again}
      />
    </section>
  )
}
