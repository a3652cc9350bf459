import { parseJson } from '#core/api/json.ts'
import type { MachinePlace, PrinterSetup, ScaleSetup } from '#core/api/register-equipment.ts'
import { changesBetween, type ShopActChange, type ShopActField } from '#core/register/act.ts'
import { amountOf } from '#core/register/discount.ts'
import { readDiscounts } from './discounts.ts'
import { readPaperLines } from './paper-lines.ts'

/** Settings of one value, by their names in the register's memory. */
const plain: Readonly<Record<string, ShopActField>> = {
  clearing: 'clearing',
  'paper-language': 'paperLanguage',
  'cash-count': 'cashCount',
  'blind-count': 'blindCount',
  'first-steps': 'firstSteps',
  marking: 'marking',
  'auto-update': 'autoUpdate',
  'electronic-receipt': 'electronicReceipt',
}

/** Where a machine is, as one text. */
export const placeText = ({ place }: { place: MachinePlace }): string =>
  place.kind === 'device' ? place.path : `${place.host}:${place.port}`

const printerFields = ['printer', 'columns', 'codePage', 'drawer', 'cut'] as const

const partsOf = (setup: PrinterSetup | null) => ({
  printer: setup ? placeText(setup) : null,
  columns: setup?.columns ?? null,
  codePage: setup?.codePage ?? null,
  drawer: setup ? drawerOf(setup) : null,
  cut: setup?.cut ?? null,
})

const drawerOf = ({ drawer, drawerPin }: PrinterSetup): string =>
  drawer === 'off' ? drawer : `${drawer} ${drawerPin}`

/** What of a setting was changed (K6); null: it is called by its name alone. */
export function settingChanges(
  name: string,
  from: string | null,
  to: string,
): readonly ShopActChange[] | null {
  if (name === 'printer') {
    const read = (text: string) => parseJson(text) as PrinterSetup
    const before = partsOf(from === null ? null : read(from))
    return changesBetween(before, partsOf(read(to)), printerFields)
  }
  if (name === 'scale') {
    const read = (text: string | null) => parseJson(text ?? 'null') as ScaleSetup | null
    const at = (scale: ScaleSetup | null) => scale && placeText(scale)
    return [{ field: 'scale', from: at(read(from)), to: at(read(to)) }]
  }
  if (name === 'paper-lines') {
    const after = readPaperLines(to)
    return changesBetween(readPaperLines(from), after, ['header', 'footer'])
  }
  if (name === 'backup-folder') {
    const pathIn = (text: string | null) => readBackupFolder(text)?.path ?? null
    return [{ field: 'backupFolder', from: pathIn(from), to: pathIn(to) }]
  }
  if (name === 'discounts') {
    const titles = (text: string | null) => ({
      discounts: readDiscounts(text).buttons.map((each) => `${each.title} ${amountOf(each)}`),
    })
    return changesBetween(titles(from), titles(to), ['discounts'])
  }
  const field = plain[name]
  return field ? [{ field, from, to }] : null
}

/** A second folder of copies; `isApart`: it lay on another disk when it was named. */
export type BackupFolder = { path: string; isApart: boolean }

/** Where copies of the memory go beside its own disk; null: nowhere. */
export const readBackupFolder = (text: string | null): BackupFolder | null =>
  (parseJson(text ?? 'null') ?? null) as BackupFolder | null
