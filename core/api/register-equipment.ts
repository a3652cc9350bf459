import { z } from 'zod'
import { paperWidths } from '../document/paper-text.ts'
import { machineFaults } from '../register/machine.ts'
import { scaleAnswers } from '../register/weight.ts'
import { endpoint } from './contract.ts'
import { told } from './field-fault.ts'

// The machines on the till's counter (K4), a part of the register's contract.

// Names of the system's well-known services end here: none of them is a till's machine.
const FIRST_PORT = 1024
// A machine stands in a list of its own: no path leads from here to a disk, a memory or a console.
const DEVICE = /^\/dev\/(usb\/lp|lp|ttyUSB|ttyACM|ttyS|ttyAMA|rfcomm)\d{1,3}$/
const HOST = /^(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+$/

/** Where a machine is: raw TCP, or a character device of this computer. */
export const machinePlace = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('network'),
    host: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .refine((text) => HOST.test(text), told('host')),
    port: z.int().min(FIRST_PORT).max(65_535),
  }),
  z.object({
    kind: z.literal('device'),
    path: z
      .string()
      .trim()
      .max(64)
      .refine((text) => DEVICE.test(text), told('device-path')),
  }),
])
export type MachinePlace = z.output<typeof machinePlace>

/** Code pages that have Cyrillic and that both printers and the encoder know. */
export const codePage = z.enum(['cp866', 'windows1251'])
export type CodePage = z.output<typeof codePage>

const columns = z.literal(paperWidths)
const drawerKick = z.enum(['off', 'before', 'after'])
const drawerPin = z.literal([2, 5])
const cut = z.enum(['none', 'partial', 'full'])

/** The receipt printer and the cash drawer that hangs on it. */
export const printerSetup = z.object({
  place: machinePlace,
  /** Characters in a line: 32 on 58 mm, 42 or 48 on 80 mm. */
  columns,
  codePage,
  /** When the drawer is opened: before or after the paper that moves cash. */
  drawer: drawerKick,
  /** Of the drawer's connector. */
  drawerPin,
  cut,
})
export type PrinterSetup = z.output<typeof printerSetup>
export const printerOptions = {
  columns: paperWidths,
  codePage: codePage.options,
  drawer: drawerKick.options,
  drawerPin: [2, 5],
  cut: cut.options,
} as const

/** A network printer as it usually is. */
export const usualPrinter = (
  { host, port }: { host: string; port: number },
  width: PrinterSetup['columns'] = 32,
): PrinterSetup => ({
  place: { kind: 'network', host, port },
  columns: width,
  codePage: 'cp866',
  drawer: 'off',
  drawerPin: 2,
  cut: 'partial',
})

/** What a printer let hear of a paper that tries it. */
export const printerHeard = z.enum(['printed', 'no-paper', 'silent', ...machineFaults])
export type PrinterHeard = z.output<typeof printerHeard>

/** A scale that speaks MT-SICS, level 0 (core/register/weight.ts). */
export const scaleSetup = z.object({ place: machinePlace })
export type ScaleSetup = z.output<typeof scaleSetup>

/** What a scale let hear; `none`: there is no scale. */
export const weighed = z.object({
  heard: z.enum(['none', ...scaleAnswers, ...machineFaults]),
  /** Of a weight that stands still, above zero. */
  grams: z.int().positive().nullable(),
})
export type Weighed = z.output<typeof weighed>

/**
 * What the bank let hear of an echo. `unsent`: the question never left; `forged`: somebody answered
 * who is not the bank (V1); `none`: this till takes no cards.
 */
export const terminalHeard = z.enum([
  'connected',
  'refused',
  'unclear',
  'silent',
  'forged',
  'unsent',
  'none',
])
export type TerminalHeard = z.output<typeof terminalHeard>

export const terminalTried = z.object({
  heard: terminalHeard,
  /** The bank's, where it refused. */
  code: z.string().nullable(),
  /** Its open business day, where it is connected. */
  day: z.int().nullable(),
  ms: z.int().min(0),
})
export type TerminalTried = z.output<typeof terminalTried>

export const equipmentEndpoints = {
  equipment: endpoint({
    route: 'GET /api/equipment',
    right: 'settings.edit',
    input: z.object({}),
    reply: z.object({
      printer: printerSetup,
      /** Nobody has set the printer on the page: it is as the program was started. */
      isPrinterUsual: z.boolean(),
      scale: scaleSetup.nullable(),
    }),
    refusals: [],
  }),
  changePrinter: endpoint({
    route: 'PUT /api/equipment/printer',
    right: 'settings.edit',
    input: printerSetup,
    reply: printerSetup,
    refusals: [],
  }),
  /** Prints a paper that tries it, whether it is set already or not. */
  tryPrinter: endpoint({
    route: 'POST /api/equipment/printer/try',
    right: 'settings.edit',
    input: printerSetup,
    reply: z.object({ heard: printerHeard, ms: z.int().min(0) }),
    refusals: [],
  }),
  /** Asks the bank whether it is there (an echo): nothing is charged, no shift is needed. */
  tryTerminal: endpoint({
    route: 'POST /api/equipment/terminal/try',
    right: 'settings.edit',
    input: z.object({}),
    reply: terminalTried,
    refusals: [],
  }),
  changeScale: endpoint({
    route: 'PUT /api/equipment/scale',
    right: 'settings.edit',
    /** Null: there is none. */
    input: z.object({ scale: scaleSetup.nullable() }),
    reply: z.object({ scale: scaleSetup.nullable() }),
    refusals: [],
  }),
  /** Weighs once on a scale, whether it is set already or not. */
  tryScale: endpoint({
    route: 'POST /api/equipment/scale/try',
    right: 'settings.edit',
    input: scaleSetup,
    reply: weighed,
    refusals: [],
  }),
  scale: endpoint({
    route: 'GET /api/scale',
    right: 'sale',
    input: z.object({}),
    reply: z.object({ isSet: z.boolean() }),
    refusals: [],
  }),
  /** Weighs what lies on the scale now: nothing that was weighed before is told. */
  weigh: endpoint({
    route: 'POST /api/scale/weigh',
    right: 'sale',
    input: z.object({}),
    reply: weighed,
    refusals: [],
  }),
}
