import type { ReaderView } from '#core/api/stand.ts'
import { type VirtualCardName, virtualCardNames, virtualCards } from '#core/card/virtual-card.ts'
import { Button } from '#web/ui/Button.tsx'
import { Money } from '#web/ui/Money.tsx'
import { stand, told } from './stand.ts'

/** The cards of the demo and the reader they are tapped at. */
export function Cards({ reader }: { reader: ReaderView }) {
  return (
    <section class="stand-cards" aria-label="Карты">
      <div class="section-head">
        <h2>Карты</h2>
        {reader.card !== null && (
          <Button onClick={() => void told(stand.tap({ card: null }))}>Убрать карту</Button>
        )}
      </div>
      <div class="panel">
        <p role="status" class={reader.waiting ? 'reader-waits' : 'soft'}>
          <ReaderState reader={reader} />
        </p>
        <ul class="cards" aria-label="Приложить карту">
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
  if (waiting && sum !== null) {
    return (
      <>
        Терминал ждёт карту: <Money sum={sum} /> BYN. Приложите любую.
      </>
    )
  }
  if (card !== null) {
    return `На считывателе лежит «${virtualCards[card].title}»: её получит следующая оплата.`
  }
  return 'Карту сейчас не ждут. Приложенная заранее достанется следующей оплате.'
}

function Card({ name, kept }: { name: VirtualCardName; kept: boolean }) {
  const { title, issuer } = virtualCards[name]
  return (
    <button
      type="button"
      class={kept ? 'card card-kept' : 'card'}
      onClick={() => void told(stand.tap({ card: name }))}
    >
      <b>{title}</b>
      <span class="small soft">{issuer}</span>
    </button>
  )
}
