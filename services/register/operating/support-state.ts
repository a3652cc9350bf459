import type { Status } from '#core/api/register.ts'
import type { SupportFile } from '#core/support/file.ts'
import { placeText } from '../memory/setting-act.ts'
import type { Register } from '../register.ts'

/** How the till stands, in figures and codes. */
export function healthOf({ store, device }: Register, status: Status): SupportFile['health'] {
  const { shift, unsent, upload, printer, billing, update } = status
  return {
    shift: shift?.number ?? null,
    shiftOpenedAt: shift?.openedAt ?? null,
    cash: status.cash,
    carried: status.carried,
    sko: status.sko === 'connected',
    retired: status.retired,
    distrusted: status.distrusted.join(', '),
    diverged: status.diverged,
    measures: status.measures.map(({ kind, reason }) => `${kind}: ${reason}`).join('; '),
    unsent: unsent?.count ?? null,
    oldestUnsentAt: unsent?.oldestAt ?? null,
    acknowledged: device.known()?.stored ?? null,
    uploadCause: upload?.cause ?? null,
    uploadCode: upload?.code ?? null,
    printerWaiting: printer.waiting,
    printerFault: printer.fault,
    open: status.open.length,
    reversals: store.reversing().length,
    terminal: status.terminal,
    billing: billing?.state ?? null,
    newest: update?.newest?.version ?? null,
    updateFault: update?.fault ?? null,
    parked: status.parked,
  }
}

/** What is set, without secrets: of the shop's own texts how many there are. */
export function settingsOf({ settings, printer, weighing }: Register): SupportFile['settings'] {
  const setup = printer()
  const scale = weighing.scale()
  const { header, footer } = settings.paperLines()
  return {
    clearing: settings.clearing(),
    paperLanguage: settings.paperLanguage(),
    paperLines: header.length + footer.length,
    cashCount: settings.cashCount(),
    blindCount: settings.blindCount(),
    marking: settings.marking(),
    discounts: settings.discounts().buttons.length,
    printer: placeText(setup),
    columns: setup.columns,
    codePage: setup.codePage,
    drawer: setup.drawer,
    cut: setup.cut,
    scale: scale && placeText(scale),
    backupApart: settings.backupFolder()?.isApart ?? null,
    autoUpdate: settings.autoUpdate(),
  }
}
