import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { type Role, roleNames, usualRoles } from '#core/access/roles.ts'
import type { Terminal } from '#core/card/request.ts'
import { demoPeople, demoShop } from '#core/demo/shop.ts'
import type { Issuer } from '#core/document/document.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import { newDevice } from '#core/sko/device.ts'
import { openPeople } from '#services/register/catalogue/people.ts'
import type { OwnDevice } from '#services/register/links/seal.ts'
import type { TerminalKey } from '#services/runtime/line-seal.ts'
import { believing, keyIdOf, operatorKeyOf } from '#services/runtime/operator-keys.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoStore } from '#services/sko/store.ts'

// The demo shop: who it is, what its device and its terminal are called, who works there.

/** Serial number of the till's device. */
export const TOKEN = 'AVQ11099999999'
/** Of the one that waits to take its place. */
export const SPARE = 'AVQ11088888888'
/** The secret that the till shares with its device. */
export const CREDENTIAL = 'the till'

export const demoIssuer: Issuer = {
  ...demoShop,
  registerNumber: 199_999_999,
  device: TOKEN,
}

export const TERMINAL: Terminal = {
  terminal: 'T0000001',
  merchant: 'M00000000000001',
  acquirer: '000001',
  category: '5411',
}

/** What the terminal and its bank share. */
export const TERMINAL_KEY: TerminalKey = {
  id: '0f1e2d3c',
  secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
}

/** This shop has no catalogue: its cashiers ring up by hand, at any discount. */
const handRole: Role = {
  rights: [...usualRoles.cashier.rights, 'price.free'],
  discountPercent: 100,
}

/** Two people, each signed in for ever by a token that is the name; they need no PIN for it. */
export function employ(register: Sqlite): Sqlite {
  openPeople(register, { now: () => 0, elapsed: () => 0 }).setRole('cashier', handRole)
  const person = register.prepare(`insert into person(name, role, pin) values (?, ?, '')`)
  const session = register.prepare(
    'insert into session(token, person, expires_at) values (?, ?, ?)',
  )
  for (const role of roleNames) {
    person.run(demoPeople[role], role)
    session.run(sha256(demoPeople[role]), demoPeople[role], 2 ** 52)
  }
  return register
}

/** The device at its service, known to the till by its credential. */
export function enrolDevice(sko: Sqlite, issuer: Issuer, lastShift = 0): Sqlite {
  const credential = sha256(CREDENTIAL)
  const { device: serial } = issuer
  const device = newDevice(issuer, lastShift)
  openSkoStore(sko).enrol({ serial, device, pin: 'unused', credential })
  return sko
}

const publicPem = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()

/** What the operator has to know of the device whose private key this is, and of its till. */
export const enrolledWith = (key: KeyObject, { device, registerNumber, unp } = demoIssuer) => ({
  serial: device,
  registerNumber,
  unp,
  publicKey: publicPem(key),
  tillKey: publicPem(tillKey),
})

// PKCS #8 of an Ed25519 key is this and the 32 bytes of its seed.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The private key that these 32 bytes are. */
export const keyOfSeed = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

/** The first key of the shop's operator. */
export const operatorPrivateKey = keyOfSeed(Buffer.alloc(32, 'operator'))

/** What the shop's operator signs with, and what everybody believes since enrolment. */
export const operatorKey = operatorKeyOf(operatorPrivateKey)
export const believesOperator: VerifyBy = believing(publicPem(operatorPrivateKey))
/** The same by its id, PEM. */
export const operatorAnchors: ReadonlyMap<string, string> = new Map([
  [keyIdOf(createPublicKey(operatorPrivateKey)), publicPem(operatorPrivateKey)],
])

const tillKey = keyOfSeed(Buffer.alloc(32, 'till'))
/** The public half of the till's own key, PEM. */
export const tillPublicKey = publicPem(tillKey)
/** Signs by the till's own key; base64. */
export const tillSigns = (text: string): string =>
  sign(null, Buffer.from(text), tillKey).toString('base64')

/** What the till has to know of its device. */
export const enrolledTill = (key: KeyObject, issuer = demoIssuer): OwnDevice => ({
  serial: issuer.device,
  unp: issuer.unp,
  registerNumber: issuer.registerNumber,
  publicKey: enrolledWith(key, issuer).publicKey,
})

/** A device's private key, of chance. */
export const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey
