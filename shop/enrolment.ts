import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Terminal } from '#core/card/request.ts'
import type { Issuer } from '#core/document/document.ts'
import { newDevice } from '#core/sko/device.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoStore } from '#services/sko/store.ts'

// The demo shop: who it is, what its device and its terminal are called, who works there.

/** Serial number of the till's device. */
export const TOKEN = 'AVQ11099999999'
/** What the till shows its device. */
export const CREDENTIAL = 'the till'

export const issuer: Issuer = {
  company: 'ООО "Пример Торг"',
  unp: '191000002',
  place: 'Магазин "Уголок"',
  address: 'г. Минск, ул. Примерная, 1',
  registerNumber: 199_999_999,
  device: TOKEN,
}

export const TERMINAL: Terminal = {
  terminal: 'T0000001',
  merchant: 'M00000000000001',
  acquirer: '000001',
  category: '5411',
}

export type Role = 'cashier' | 'administrator'

const people = [
  { name: 'Анна', role: 'cashier' },
  { name: 'Ольга', role: 'administrator' },
] as const satisfies { name: string; role: Role }[]

/** What the browser of whoever is signed in in this role sends along. */
export const cookieOf = (role: Role): string => `zpos=${role}`

/** The device at its service, known to the till by its credential. */
export function enrolDevice(sko: Sqlite): Sqlite {
  const credential = sha256(CREDENTIAL)
  openSkoStore(sko).enrol({ serial: TOKEN, device: newDevice(issuer), pin: 'unused', credential })
  return sko
}

/** Two people who are signed in for ever; nobody needs the PIN that they have not. */
export function employ(register: Sqlite): Sqlite {
  const person = register.prepare(`insert into person(name, role, pin) values (?, ?, '')`)
  const session = register.prepare(
    'insert into session(token, person, expires_at) values (?, ?, ?)',
  )
  for (const { name, role } of people) {
    person.run(name, role)
    session.run(sha256(role), name, 2 ** 52)
  }
  return register
}

/** What the operator has to know of the device whose private key this is. */
export const enrolledWith = (key: KeyObject) => ({
  serial: TOKEN,
  registerNumber: issuer.registerNumber,
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
})

/** A device's private key, of chance. */
export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey
