import { formatMoney, type Kopecks } from '#core/money.ts'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'

/** A sum that no drawer usually sees is asked about once more: a slip, or a code. */
export function UnusualSum(props: {
  what: string
  sum: Kopecks
  onYes: () => void
  onClose: () => void
}) {
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
            ДА
          </Button>
          <Button autofocus onClick={props.onClose}>
            НЕТ
          </Button>
        </>
      }
    >
      <p class="soft">Сумма необычно большая. Проверьте, что это не штрихкод и не опечатка.</p>
    </Dialog>
  )
}
