import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { demoPeople, demoShop } from '#core/demo/shop.ts'
import { virtualCardNames } from '#core/demo/virtual-card.ts'
import { makeFolder, readWhole } from '#services/runtime/durable-file.ts'
import {
  newTerminalKey,
  readTerminalKey,
  type TerminalKey,
  writeTerminalKey,
} from '#services/runtime/line-seal.ts'
import { type ByHand, byHandFiles, enrolByHand, json, writeChanged } from './by-hand.ts'
import { demoGoods } from './goods.ts'
import { openDemoReleaseKeys } from './release-keys.ts'

export const DEVICE_PIN = '1234'

/** The till's device stands first, the second is free for integrators (R16). */
export const demoDevices = [
  { serial: 'AVQ11099999999', registerNumber: 199_999_999, till: true },
  { serial: 'AVQ11099999998', registerNumber: 199_999_998, till: false },
] as const

export const people = [
  { name: demoPeople.cashier, role: 'cashier', pin: '1111' },
  { name: demoPeople.administrator, role: 'administrator', pin: '9999' },
] as const

export const accounts = [
  { email: 'client@demo.by', password: 'demo', role: 'client', unp: demoShop.unp },
  { email: 'staff@demo.by', password: 'demo', role: 'staff', unp: null },
] as const

/** The till, as it stands in its contract with the office. */
export const tillEquipment = { serial: 'ZPK0126000117', contract: '2026-0117' } as const

/** Terms of the office; the names are the demo's. */
export const tariffs = {
  week: { tariff: 'week', name: 'Неделя', price: 900, days: 7 },
  month: { tariff: 'month', name: 'Месяц', price: 2900, months: 1 },
  year: { tariff: 'year', name: 'Год', price: 29_000, months: 12 },
} as const

/** The till's terminal, as its bank knows it. */
export const tillTerminal = {
  id: '30041026',
  merchant: '000000191000002',
  acquirer: '000001',
  category: '5411',
} as const

/** When the demo's contract was concluded. */
const CONCLUDED = Date.UTC(2026, 0, 12, 9)

export type Demo = {
  /** Serial number of the till's device, and of all of them. */
  tillDevice: string
  serials: readonly string[]
  /** Paths of files; see the settings of the processes that read them. */
  registerSeed: string
  operatorSeed: string
  officeSeed: string
  acquirerSeed: string
  terminalKey: string
  /** The first root of releases. */
  releaseRoot: string
  /** What the till was told at its enrolment; the file is there once it was. */
  tillEnrolment: string
  /** Where a version before has enrolled the shop by lists: it goes on by them. */
  byHand: ByHand | null
  terminal: typeof tillTerminal
}

/**
 * Makes what a demo shop begins with in the data folder: its books at the operator, its people and
 * goods, its terminal at the bank. Devices and till make their keys themselves, and ask.
 */
export function prepareDemo(data: string): Demo {
  for (const folder of ['.', 'register', 'sko', 'stand', 'log']) {
    makeFolder(join(data, folder))
    chmodSync(join(data, folder), 0o700)
  }
  const files = {
    terminalKey: join(data, 'register', 'terminal-key'),
    tillEnrolment: join(data, 'register', 'enrolment.json'),
    registerSeed: join(data, 'stand', 'register-seed.json'),
    // Not in the operator's own folder: that is its database, made whole by itself.
    operatorSeed: join(data, 'stand', 'operator-seed.json'),
    officeSeed: join(data, 'stand', 'office-seed.json'),
    acquirerSeed: join(data, 'stand', 'acquirer-seed.json'),
  }
  writeChanged(files.registerSeed, json({ people, goods: demoGoods }))
  writeChanged(files.officeSeed, json(officeSeed))
  const isByHand = existsSync(byHandFiles(data).devices)
  const enrolled = isByHand ? enrolByHand(data, { devices: demoDevices, pin: DEVICE_PIN }) : null
  writeChanged(files.operatorSeed, json(operatorSeed(enrolled?.known ?? [])))
  const key = readTerminalKey(readWhole(files.terminalKey) ?? '') ?? newTerminalKey()
  writeChanged(files.terminalKey, writeTerminalKey(key))
  writeChanged(files.acquirerSeed, json(acquirerSeed(key)))
  return {
    ...files,
    releaseRoot: openDemoReleaseKeys(data).rootPath,
    tillDevice: demoDevices[0].serial,
    serials: demoDevices.map(({ serial }) => serial),
    byHand: enrolled?.files ?? null,
    terminal: tillTerminal,
  }
}

/** The same, with its devices enrolled by lists: at work at once, where nothing else is tried. */
export function prepareByHand(data: string): Demo & { byHand: ByHand } {
  const { files } = enrolByHand(data, { devices: demoDevices, pin: DEVICE_PIN })
  return Object.assign(prepareDemo(data), { byHand: files })
}

const officeSeed = {
  tariffs: Object.values(tariffs),
  contracts: [
    {
      number: tillEquipment.contract,
      unp: demoShop.unp,
      company: demoShop.company,
      concludedAt: CONCLUDED,
    },
  ],
  equipment: [tillEquipment],
  accounts: accounts.map(({ email, password, role }) => ({
    email,
    password,
    role,
    contract: role === 'client' ? tillEquipment.contract : null,
  })),
}

const acquirerSeed = (key: TerminalKey) => ({
  terminals: [
    {
      terminal: tillTerminal.id,
      merchant: tillTerminal.merchant,
      unp: demoShop.unp,
      serial: 'PE4821BV41026',
      bank: 'ЗАО "МТБАНК"',
      keys: [key],
    },
  ],
  cards: virtualCardNames,
})

const operatorSeed = (known: readonly object[]) => ({
  clients: [{ unp: demoShop.unp, company: demoShop.company }],
  accounts,
  registers: demoDevices.map(({ registerNumber }) => ({
    registerNumber,
    unp: demoShop.unp,
    place: demoShop.place,
    address: demoShop.address,
  })),
  devices: known,
})
