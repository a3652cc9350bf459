import { useState } from 'preact/hooks'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useStore } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { bringLineBack, emptyBasket } from '../basket.ts'
import { changeBasket, isTaken, newId, till } from '../till.ts'
import { ParkDialog, ParkedDialog } from './parked.tsx'

/** N9: what may be done with the receipt as a whole before it is paid. */
export function BasketTools() {
  const state = useStore(till)
  const { basket, status, moving } = state
  const words = useWords(sellingWords)
  const [asked, setAsked] = useState<'park' | 'parked' | 'clear' | null>(null)
  const close = () => setAsked(null)
  const taken = isTaken(state)
  const isEmpty = basket.lines.length === 0
  const waiting = status?.parked ?? 0
  const removed = basket.removed.at(-1)
  return (
    <div class="basket-tools">
      {!isEmpty && (
        <Button icon="pause" disabled={taken} onClick={() => setAsked('park')}>
          {words.aside.park}
        </Button>
      )}
      {waiting > 0 && (
        <Button icon="list" disabled={taken} onClick={() => setAsked('parked')}>
          {words.aside.waiting(waiting)}
        </Button>
      )}
      {removed && (
        <Button
          icon="undo"
          class="basket-undo"
          disabled={taken}
          aria-label={words.bringLine}
          aria-description={words.bringLineOf(removed.goods.name)}
          onClick={() => changeBasket((before) => bringLineBack(before, newId))}
        >
          <span class="basket-undo-name">{words.bringLineOf(removed.goods.name)}</span>
        </Button>
      )}
      {!isEmpty && (
        <Button
          tone="quiet"
          icon="trash"
          class="basket-clear"
          label={words.clear}
          disabled={taken}
          onClick={() => setAsked('clear')}
        />
      )}
      {moving && (
        <p class="soft small" role="status">
          <span class="spinner" aria-hidden="true" />{' '}
          {moving.is === 'park' ? words.aside.parking : words.aside.bringing}
        </p>
      )}
      {asked === 'park' && <ParkDialog onClose={close} />}
      {asked === 'parked' && <ParkedDialog onClose={close} />}
      {asked === 'clear' && <ClearDialog onClose={close} />}
    </div>
  )
}

function ClearDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(sellingWords)
  const { yes, no } = useWords(tillWords)
  const clear = () => {
    onClose()
    changeBasket((before) => (isTaken(till.get()) ? before : emptyBasket))
  }
  return (
    <Dialog
      title={words.clearAsk}
      onClose={onClose}
      actions={
        <>
          <Button tone="danger" onClick={clear}>
            {yes}
          </Button>
          <Button autofocus onClick={onClose}>
            {no}
          </Button>
        </>
      }
    >
      <p class="soft">{words.clearHow}</p>
    </Dialog>
  )
}
