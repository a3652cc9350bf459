import { useState } from 'preact/hooks'
import type { ScaleSetup, Weighed } from '#core/api/register-equipment.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { weightText } from '#core/words/figures.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLedToFault } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
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

const usualPlace = { kind: 'network', host: '', port: 0 } as const

/** K4: where the scale is; what it answered when it was tried. */
export function ScaleForm(props: { setup: ScaleSetup | null; onSaved: () => void }) {
  const words = useWords(equipmentWords)
  const { typed, faults, tries, trouble, busy, put, save } = useForm(begunWith(props.setup))
  const [weighed, setWeighed] = useState<Weighed | null>(null)
  const [isSaved, setSaved] = useState(false)
  const form = useLedToFault(tries)
  const anew = () => {
    setWeighed(null)
    setSaved(false)
  }
  const saved = () => {
    setSaved(true)
    props.onSaved()
  }
  const check = (now: typeof typed) => placeFaults(now, words)
  const trySave = () => {
    anew()
    const send = (now: typeof typed) => register.changeScale({ scale: { place: typedPlace(now) } })
    return save({ check, send, saved, fieldOf: machineFieldOf })
  }
  const tryIt = () => {
    anew()
    const send = (now: typeof typed) => register.tryScale({ place: typedPlace(now) })
    return save({ check, send, saved: setWeighed, fieldOf: machineFieldOf })
  }
  const remove = () => {
    anew()
    return save({ send: () => register.changeScale({ scale: null }), saved })
  }
  return (
    <form
      ref={form}
      class="equipment-form"
      aria-label={words.scale}
      onSubmit={(event) => {
        event.preventDefault()
        void trySave()
      }}
    >
      <h2>{words.scale}</h2>
      <p class="soft">{words.scaleNote}</p>
      <MachinePlaceFields typed={typed} faults={faults} put={put} portHint={words.scalePortHint} />
      <Told trouble={trouble} />
      {isSaved && <Alert tone="green" title={words.saved} />}
      {weighed && <WhatIsWeighed weighed={weighed} />}
      <div class="equipment-buttons">
        <Button big type="submit" busy={busy}>
          {words.saveScale}
        </Button>
        <Button big busy={busy} onClick={() => void tryIt()}>
          {busy ? words.tryingScale : words.tryScale}
        </Button>
        {props.setup && (
          <Button tone="quiet" big busy={busy} onClick={() => void remove()}>
            {words.noScale}
          </Button>
        )}
      </div>
    </form>
  )
}

const begunWith = (setup: ScaleSetup | null) =>
  Object.assign(placeTyped(setup?.place ?? usualPlace), setup ? {} : { port: '' })

export function WhatIsWeighed({ weighed: { heard, grams } }: { weighed: Weighed }) {
  const words = useWords(equipmentWords)
  const { title, next } = words.weighed[heard]
  if (grams === null) return <Alert tone="amber" title={title} next={next} />
  return <Alert tone="green" title={`${title}: ${weightText(grams)}`} next={next} />
}
