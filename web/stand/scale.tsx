import { useState } from 'preact/hooks'
import { type ScaleView, scaleView } from '#core/api/stand.ts'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { stand, told } from './stand.ts'

const { state: states, grams: bounds } = scaleView.shape

/** What lies on the shop's scale. */
export function Scale({ scale }: { scale: ScaleView }) {
  const words = useWords(standWords).scale
  const [typed, setTyped] = useState(String(scale.grams))
  const lay = (state: ScaleView['state']) => {
    const grams = bounds.safeParse(Number(typed))
    void told(stand.layOnScale({ grams: grams.data ?? 0, state }))
  }
  return (
    <section class="stand-cards" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <form
        class="panel stand-scale"
        onSubmit={(event) => {
          event.preventDefault()
          lay(scale.state)
        }}
      >
        <Field label={words.grams} inputMode="numeric" value={typed} onText={setTyped} />
        <Button type="submit">{words.put}</Button>
        <Select
          label={words.state}
          value={scale.state}
          options={states.options.map((value) => ({ value, text: words.states[value] }))}
          onChoice={(chosen) => lay(states.parse(chosen))}
        />
        <p role="status" class="soft">
          {words.shows(scale.grams, words.states[scale.state])}
        </p>
      </form>
    </section>
  )
}
