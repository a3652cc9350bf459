import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { demoPeople, demoShop } from '#core/demo/shop.ts'
import { virtualCardNames } from '#core/demo/virtual-card.ts'
import { makeFolder, readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import {
  newTerminalKey,
  readTerminalKey,
  type TerminalKey,
  writeTerminalKey,
} from '#services/runtime/line-seal.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import { keyPlaces } from '../pulled-device.ts'
import { demoGoods } from './goods.ts'

export const DEVICE_PIN = '1234'

/** The till's device stands first, the second is free for integrators (R16). */
const devices = [
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

export type Enrolment = {
  /** Serial number of the till's СКО. */
  tillDevice: string
  /** The rest are paths of files; see the settings of the processes that read them. */
  device: string
  credential: string
  devices: string
  registerSeed: string
  operatorSeed: string
  officeSeed: string
  acquirerSeed: string
  terminalKey: string
  terminal: typeof tillTerminal
}

const seeded = z.object({
  devices: z.array(z.object({ serial: z.string(), publicKey: z.string() })),
})

/**
 * Makes what the enrolment of a shop leaves behind in the data folder: keys of the devices, the
 * till's credential, the lists that the СКО service and the operator read. What is there stays.
 */
export function prepareDemo(data: string): Enrolment {
  for (const folder of ['.', 'register', 'sko', 'sko/keys', 'stand', 'log']) {
    makeFolder(join(data, folder))
    chmodSync(join(data, folder), 0o700)
  }
  const files = {
    devices: join(data, 'sko', 'devices.json'),
    device: join(data, 'register', 'sko-device.json'),
    credential: join(data, 'register', 'sko-secret'),
    terminalKey: join(data, 'register', 'terminal-key'),
    registerSeed: join(data, 'stand', 'register-seed.json'),
    // Not in the operator's own folder: that is its database, made whole by itself.
    operatorSeed: join(data, 'stand', 'operator-seed.json'),
    officeSeed: join(data, 'stand', 'office-seed.json'),
    acquirerSeed: join(data, 'stand', 'acquirer-seed.json'),
  }
  // Of a version before, which sent it in clear.
  rmSync(join(data, 'register', 'sko-credential'), { force: true })
  const credential = readWhole(files.credential) ?? newToken()
  writeChanged(files.credential, credential)
  writeChanged(files.devices, json(skoDevices(credential)))
  writeChanged(files.registerSeed, json({ people, goods: demoGoods }))
  const seed = operatorSeed(data, files.operatorSeed)
  writeChanged(files.operatorSeed, json(seed))
  writeChanged(files.device, json({ ...seed.devices[0], unp: demoShop.unp }))
  writeChanged(files.officeSeed, json(officeSeed))
  const key = readTerminalKey(readWhole(files.terminalKey) ?? '') ?? newTerminalKey()
  writeChanged(files.terminalKey, writeTerminalKey(key))
  writeChanged(files.acquirerSeed, json(acquirerSeed(key)))
  return { ...files, tillDevice: devices[0].serial, terminal: tillTerminal }
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
      serial: 'PE4821BV41026',
      bank: 'ЗАО "МТБАНК"',
      keys: [key],
    },
  ],
  cards: virtualCardNames,
})

const skoDevices = (credential: string) =>
  devices.map(({ serial, registerNumber, till }) => ({
    serial,
    registerNumber,
    ...demoShop,
    pin: DEVICE_PIN,
    ...(till && { credentialSha256: sha256(credential) }),
  }))

const operatorSeed = (data: string, path: string) => ({
  clients: [{ unp: demoShop.unp, company: demoShop.company }],
  accounts,
  registers: devices.map(({ registerNumber }) => ({
    registerNumber,
    unp: demoShop.unp,
    place: demoShop.place,
    address: demoShop.address,
  })),
  devices: devices.map(({ serial, registerNumber }) => ({
    serial,
    registerNumber,
    publicKey: publicKeyOf(serial, data, path),
  })),
})

/**
 * A device that the operator already knows keeps its key for ever, even while its key file is away
 * (a device pulled out): a new key would break the chain of its documents.
 */
function publicKeyOf(serial: string, data: string, seed: string): string {
  const [path, away] = keyPlaces(data, serial)
  const pem = readWhole(path) ?? readWhole(away)
  if (pem !== null) return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  const known = seeded
    .safeParse(JSON.parse(readWhole(seed) ?? 'null'))
    .data?.devices.find((device) => device.serial === serial)
  if (known) return known.publicKey
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return publicKey.export({ type: 'spki', format: 'pem' }).toString()
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

function writeChanged(path: string, text: string): void {
  if (readWhole(path) !== text) writeWhole(path, text)
}
