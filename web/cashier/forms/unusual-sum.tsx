import { formatMoney, type Kopecks } from '#core/money.ts'
import { tillWords } from '#core/words/till.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { useWords } from '#web/ui/language.ts'

/** A sum that no drawer usually sees is asked about once more: a slip, or a code. */
export function UnusualSum(props: {
  what: string
  sum: Kopecks
  onYes: () => void
  onClose: () => void
}) {
  const words = useWords(tillWords)
  const yes = () => {
    props.onClose()
    props.onYes()
  }
  return (
    <Dialog
      title={`${props.what}: ${formatMoney(props.sum)}?`}
      onClose={props.onClose}
      actions={
        <>
          <Button tone="main" onClick={yes}>
            {words.sure}
          </Button>
          <Button autofocus onClick={props.onClose}>
            {words.notSure}
          </Button>
        </>
      }
    >
      <p class="soft">{words.unusualSum}</p>
    </Dialog>
  )
}
