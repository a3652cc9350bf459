import { parseJson } from '#core/api/json.ts'
import { type CashCounting, cashCounts } from '#core/api/register-cash-up.ts'
import type { DiscountButtons } from '#core/api/register-discounts.ts'
import {
  type PrinterSetup,
  printerSetup,
  type ScaleSetup,
  scaleSetup,
} from '#core/api/register-equipment.ts'
import type { PaperLines } from '#core/api/register-paper.ts'
import type { PaperLanguage } from '#core/api/register-settings.ts'
import { type MarkScope, markScopes } from '#core/document/mark.ts'
import { readDiscounts } from './discounts.ts'
import { readPaperLines } from './paper-lines.ts'
import { PAPER_LINES } from './projection.ts'
import { type BackupFolder, readBackupFolder } from './setting-act.ts'
import type { RegisterStore } from './store.ts'

/** What is set under maintenance, and by whom it was last. */
export type RegisterSettings = {
  clearing: () => boolean
  setClearing: (on: boolean, person: string) => void
  /** Of what the shop prints. */
  paperLanguage: () => PaperLanguage
  setPaperLanguage: (language: PaperLanguage, person: string) => void
  /** The shop's own lines of what it prints from now on. */
  paperLines: () => PaperLines
  setPaperLines: (lines: PaperLines, person: string) => void
  /** Discounts by one press (N10). */
  discounts: () => DiscountButtons
  setDiscounts: (discounts: DiscountButtons, person: string) => void
  /** Null: nobody has set it up on the page. */
  printer: () => PrinterSetup | null
  setPrinter: (printer: PrinterSetup, person: string) => void
  /** The `usual` one where nobody has said anything of it; null: there is none. */
  scale: (usual: ScaleSetup | null) => ScaleSetup | null
  setScale: (scale: ScaleSetup | null, person: string) => void
  /** How cash is counted before a shift is closed; `blind`: what should be there stays unsaid. */
  cashCount: () => CashCounting
  setCashCount: (counting: CashCounting, person: string) => void
  blindCount: () => boolean
  setBlindCount: (blind: boolean, person: string) => void
  /** What is ready of the programs is installed by itself, at night. */
  autoUpdate: () => boolean
  setAutoUpdate: (on: boolean, person: string) => void
  /** Which codes of marked units are scanned. */
  marking: () => MarkScope
  setMarking: (scope: MarkScope, person: string) => void
  /** Customers may get their receipts by mail (N13). */
  electronicReceipt: () => boolean
  setElectronicReceipt: (on: boolean, person: string) => void
  /** Where copies of the memory go beside its own disk; `isApart`: to another one. */
  backupFolder: () => BackupFolder | null
  setBackupFolder: (folder: BackupFolder | null, person: string) => void
  /** The steps to the first sale (K7) were put away. */
  firstStepsEnded: () => boolean
  endFirstSteps: (person: string) => void
}

const CLEARING = 'clearing'
const PAPER_LANGUAGE = 'paper-language'
const CASH_COUNT = 'cash-count'
const BLIND_COUNT = 'blind-count'
const MARKING = 'marking'
const DISCOUNTS = 'discounts'
const FIRST_STEPS = 'first-steps'
const PRINTER = 'printer'
const BACKUP_FOLDER = 'backup-folder'
const SCALE = 'scale'
const AUTO_UPDATE = 'auto-update'
const ELECTRONIC_RECEIPT = 'electronic-receipt'

/** Settings in the register's memory; whatever is set is told to `changed`. */
export function openSettings(
  store: Pick<RegisterStore, 'setting' | 'set'>,
  changed: () => void,
): RegisterSettings {
  const set = (name: string, value: string, person: string): void => {
    store.set(name, value, person)
    changed()
  }
  // Red receipts clear themselves up unless it is switched off.
  const clearing = () => store.setting(CLEARING) !== 'off'
  return {
    cashCount: () => cashCounts.find((each) => each === store.setting(CASH_COUNT)) ?? 'notes',
    setCashCount: (counting, person) => set(CASH_COUNT, counting, person),
    blindCount: () => store.setting(BLIND_COUNT) === 'on',
    setBlindCount: (blind, person) => set(BLIND_COUNT, blind ? 'on' : 'off', person),
    marking: () => markScopes.find((each) => each === store.setting(MARKING)) ?? 'all',
    setMarking: (scope, person) => set(MARKING, scope, person),
    electronicReceipt: () => store.setting(ELECTRONIC_RECEIPT) !== 'off',
    setElectronicReceipt: (on, person) => set(ELECTRONIC_RECEIPT, on ? 'on' : 'off', person),
    autoUpdate: () => store.setting(AUTO_UPDATE) === 'on',
    setAutoUpdate: (on, person) => set(AUTO_UPDATE, on ? 'on' : 'off', person),
    backupFolder: () => readBackupFolder(store.setting(BACKUP_FOLDER)),
    setBackupFolder: (folder, person) => set(BACKUP_FOLDER, JSON.stringify(folder), person),
    firstStepsEnded: () => store.setting(FIRST_STEPS) === 'off',
    endFirstSteps: (person) => set(FIRST_STEPS, 'off', person),
    paperLanguage: () => (store.setting(PAPER_LANGUAGE) === 'be' ? 'be' : 'ru'),
    setPaperLanguage: (language, person) => set(PAPER_LANGUAGE, language, person),
    paperLines: () => readPaperLines(store.setting(PAPER_LINES)),
    setPaperLines: (lines, person) => set(PAPER_LINES, JSON.stringify(lines), person),
    discounts: () => readDiscounts(store.setting(DISCOUNTS)),
    setDiscounts: (discounts, person) => set(DISCOUNTS, JSON.stringify(discounts), person),
    scale: (usual) => readScale(store.setting(SCALE), usual),
    setScale: (scale, person) => set(SCALE, JSON.stringify(scale), person),
    printer: () => readPrinter(store.setting(PRINTER)),
    setPrinter: (printer, person) => set(PRINTER, JSON.stringify(printer), person),
    clearing,
    setClearing: (on, person) => set(CLEARING, on ? 'on' : 'off', person),
  }
}

/** A printer of another version's shape is none: the usual one prints. */
function readPrinter(text: string | null): PrinterSetup | null {
  const read = printerSetup.safeParse(parseJson(text ?? ''))
  return read.success ? read.data : null
}

/** The scale as it is set, or the usual one where nobody has said anything of it. */
function readScale(text: string | null, usual: ScaleSetup | null): ScaleSetup | null {
  const read = scaleSetup.nullable().safeParse(text === null ? undefined : parseJson(text))
  return read.success ? read.data : usual
}
