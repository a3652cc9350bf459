import { useState } from 'preact/hooks'
import type { Outcome } from '#core/api/contract.ts'
import {
  type PrinterHeard,
  type PrinterSetup,
  printerOptions,
  printerSetup,
} from '#core/api/register-equipment.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLedToFault } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { useForm } from '../form-state.ts'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'
import {
  MachinePlaceFields,
  machineFieldOf,
  placeFaults,
  placeTyped,
  typedPlace,
} from './machine-place.tsx'

type Heard = { heard: PrinterHeard; ms: number }

/** K4: where the printer is and how it prints; what it answered when it was tried. */
export function PrinterForm(props: { setup: PrinterSetup; isUsual: boolean; onSaved: () => void }) {
  const words = useWords(equipmentWords)
  const { typed, faults, tries, trouble, busy, put, save } = useForm(typedOf(props.setup))
  const [heard, setHeard] = useState<Heard | null>(null)
  const [isSaved, setSaved] = useState(false)
  const form = useLedToFault(tries)
  const send = <R,>(
    ask: (setup: PrinterSetup) => Promise<Outcome<R>>,
    done: (value: R) => void,
  ) => {
    setHeard(null)
    setSaved(false)
    return save({
      check: (now) => placeFaults(now, words),
      send: (now) => ask(setupOf(now)),
      saved: done,
      fieldOf: (field) => (field in typed ? (field as keyof Typed) : machineFieldOf(field)),
    })
  }
  const trySave = () =>
    send(register.changePrinter, () => {
      setSaved(true)
      props.onSaved()
    })
  return (
    <form
      ref={form}
      class="equipment-form"
      aria-label={words.printer}
      onSubmit={(event) => {
        event.preventDefault()
        void trySave()
      }}
    >
      <h2>{words.printer}</h2>
      {props.isUsual && <p class="soft">{words.usual}</p>}
      <MachinePlaceFields typed={typed} faults={faults} put={put} portHint={words.portHint} />
      <PrintingFields typed={typed} put={put} />
      <Told trouble={trouble} />
      {isSaved && <Alert tone="green" title={words.saved} next={words.savedDoes} />}
      {heard && <WhatWasHeard {...heard} />}
      <div class="equipment-buttons">
        <Button tone="main" big type="submit" busy={busy}>
          {words.save}
        </Button>
        <Button big busy={busy} onClick={() => void send(register.tryPrinter, setHeard)}>
          {busy ? words.trying : words.tryPrinter}
        </Button>
      </div>
    </form>
  )
}

const typedOf = ({ place, columns, codePage, drawer, drawerPin, cut }: PrinterSetup) =>
  Object.assign(placeTyped(place), {
    columns: String(columns),
    codePage: String(codePage),
    drawer: String(drawer),
    drawerPin: String(drawerPin),
    cut: String(cut),
  })
type Typed = ReturnType<typeof typedOf>

/** What is chosen from lists is always whole; an address that is not is named by its field. */
const setupOf = ({ columns, codePage, drawer, drawerPin, cut, ...place }: Typed): PrinterSetup => {
  const chosen = { columns: Number(columns), drawerPin: Number(drawerPin), codePage, drawer, cut }
  const rest = printerSetup.omit({ place: true }).parse(chosen)
  return Object.assign(rest, { place: typedPlace(place) })
}

function PrintingFields({ typed, put }: { typed: Typed; put: (change: Partial<Typed>) => void }) {
  const words = useWords(equipmentWords)
  return (
    <>
      <Select
        label={words.columnsTitle}
        value={typed.columns}
        options={printerOptions.columns.map((each) => option(each, words.columns[each]))}
        onChoice={(columns) => put({ columns })}
      />
      <Select
        label={words.codePageTitle}
        value={typed.codePage}
        options={printerOptions.codePage.map((each) => option(each, words.codePages[each]))}
        onChoice={(codePage) => put({ codePage })}
      />
      <Select
        label={words.cutTitle}
        value={typed.cut}
        options={printerOptions.cut.map((each) => option(each, words.cuts[each]))}
        onChoice={(cut) => put({ cut })}
      />
      <Select
        label={words.drawerTitle}
        value={typed.drawer}
        options={printerOptions.drawer.map((each) => option(each, words.drawers[each]))}
        onChoice={(drawer) => put({ drawer })}
      />
      {typed.drawer !== 'off' && (
        <>
          <Select
            label={words.drawerPinTitle}
            value={typed.drawerPin}
            options={printerOptions.drawerPin.map((each) => option(each, words.drawerPin(each)))}
            onChoice={(drawerPin) => put({ drawerPin })}
          />
          <p class="soft small equipment-note">{words.drawerHint}</p>
        </>
      )}
    </>
  )
}

const option = (value: string | number, text: string) => ({ value: String(value), text })

function WhatWasHeard({ heard, ms }: Heard) {
  const words = useWords(equipmentWords)
  const { title, next } = words.heard[heard]
  const tone = heard === 'printed' ? 'green' : 'amber'
  return (
    <Alert tone={tone} title={title} next={next}>
      <span class="soft small">{words.took(ms)}</span>
    </Alert>
  )
}
