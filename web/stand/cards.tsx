import type { ReaderView } from '#core/api/stand.ts'
import { type VirtualCardName, virtualCardNames, virtualCards } from '#core/demo/virtual-card.ts'
import { amount } from '#core/words/figures.ts'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import { stand, told } from './stand.ts'

/** The cards of the demo and the reader they are tapped at. */
export function Cards({ reader }: { reader: ReaderView }) {
  const words = useWords(standWords).cards
  return (
    <section class="stand-cards" aria-label={words.heading}>
      <div class="section-head">
        <h2>{words.heading}</h2>
        {reader.card !== null && (
          <Button onClick={() => void told(stand.tap({ card: null }))}>{words.remove}</Button>
        )}
      </div>
      <div class="panel">
        <p role="status" class={reader.waiting ? 'reader-waits' : 'soft'}>
          <ReaderState reader={reader} />
        </p>
        <ul class="cards" aria-label={words.tap}>
          {virtualCardNames.map((name) => (
            <li key={name}>
              <Card name={name} kept={reader.card === name} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function ReaderState({ reader: { waiting, sum, card } }: { reader: ReaderView }) {
  const words = useWords(standWords).cards
  if (waiting && sum !== null) return words.waits(amount(sum))
  return card === null ? words.idle : words.lies(words.titles[card])
}

function Card({ name, kept }: { name: VirtualCardName; kept: boolean }) {
  const { titles } = useWords(standWords).cards
  return (
    <button
      type="button"
      class={kept ? 'card card-kept' : 'card'}
      onClick={() => void told(stand.tap({ card: name }))}
    >
      <b>{titles[name]}</b>
      <span class="small soft">{virtualCards[name].issuer}</span>
    </button>
  )
}
