import { join } from 'node:path'
import { isUpdateWanted, programsHome } from '#services/runtime/installed.ts'
import { VERSION } from '#services/runtime/version.ts'
import { accounts, DEVICE_PIN, type Demo, people, tillEquipment } from './demo/enrolment.ts'
import { clockOffsetPath } from './faults.ts'
import type { Address } from './line.ts'
import type { ProcessSpec } from './processes.ts'
import type { LineAddresses } from './shop-lines.ts'

type Place = {
  data: string
  enrolment: Demo
  at: LineAddresses &
    Record<'register' | 'printer' | 'reader' | 'scale' | 'acquirerHttp' | 'mail', Address>
}

const url = ({ host, port }: Address): string => `http://${host}:${port}`
const pair = ({ host, port }: Address): string => `${host}:${port}`

/** The processes of the demo shop, each with all it is told from outside. */
export function processSpecs(place: Place): ProcessSpec[] {
  const everywhere = {
    ZPOS_DATA: place.data,
    ZPOS_HOST: place.at.register.host,
    ZPOS_CLOCK_OFFSET_FILE: clockOffsetPath(place.data),
  }
  const specs = [register, sko, operator, office, acquirer].map((specOf) => specOf(place))
  return specs.map((spec) => ({ ...spec, env: { ...everywhere, ...spec.env } }))
}

const root = join(import.meta.dirname, '..')

const register = ({ data, enrolment, at }: Place): ProcessSpec => ({
  name: 'register',
  entry: 'services/register/main.ts',
  address: url(at.register),
  own: url(at.register),
  page: url(at.register),
  signIn: people.map(({ name, pin, role }) => ({ by: 'pin', name, pin, role })),
  before: {
    entry: 'services/updater/main.ts',
    isWanted: () => isUpdateWanted(data, join(data, 'programs')),
    home: () => programsHome(join(data, 'programs'), { version: VERSION, home: root }),
  },
  env: {
    ...(enrolment.byHand && {
      ZPOS_SKO_DEVICE: enrolment.byHand.device,
      ZPOS_SKO_CREDENTIAL: enrolment.byHand.credential,
    }),
    ZPOS_SMTP_URL: `smtp://${pair(at.mail)}`,
    ZPOS_MAIL_FROM: 'shop@demo.by',
    ZPOS_REGISTER_PORT: String(at.register.port),
    ZPOS_SKO_URL: url(at.sko),
    ZPOS_OPERATOR_URL: url(at.operatorLine),
    ZPOS_OFFICE_URL: url(at.officeLine),
    ZPOS_EQUIPMENT_SERIAL: tillEquipment.serial,
    ZPOS_RELEASE_ROOT: enrolment.releaseRoot,
    ZPOS_PROGRAMS: join(data, 'programs'),
    ZPOS_INTERNET_PROBE: pair(at.internetProbe),
    ZPOS_PRINTER: pair(at.printer),
    ZPOS_SCALE: pair(at.scale),
    ZPOS_ACQUIRER: pair(at.acquirer),
    ZPOS_READER: pair(at.reader),
    ZPOS_TERMINAL_KEY: enrolment.terminalKey,
    ZPOS_TERMINAL_ID: enrolment.terminal.id,
    ZPOS_MERCHANT_ID: enrolment.terminal.merchant,
    ZPOS_ACQUIRER_ID: enrolment.terminal.acquirer,
    ZPOS_MERCHANT_CATEGORY: enrolment.terminal.category,
    ZPOS_REGISTER_SEED: enrolment.registerSeed,
  },
})

const sko = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'sko',
  entry: 'services/sko/main.ts',
  address: url(at.sko),
  own: url(at.skoOwn),
  page: null,
  signIn: [{ by: 'device', pin: DEVICE_PIN }],
  env: {
    ZPOS_SKO_PORT: String(at.skoOwn.port),
    ZPOS_OPERATOR_URL: url(at.operatorLine),
    ...(enrolment.byHand
      ? { ZPOS_SKO_DEVICES: enrolment.byHand.devices }
      : { ZPOS_SKO_SERIALS: enrolment.serials.join(), ZPOS_SKO_PIN: DEVICE_PIN }),
  },
})

const operator = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'operator',
  entry: 'services/operator/main.ts',
  address: url(at.operator),
  own: url(at.operator),
  page: url(at.operator),
  signIn: accounts.map(({ email, password }) => ({ by: 'password', email, password })),
  env: {
    ZPOS_OPERATOR_PORT: String(at.operator.port),
    ZPOS_OPERATOR_SEED: enrolment.operatorSeed,
    ZPOS_SMTP_URL: `smtp://${pair(at.mail)}`,
    ZPOS_MAIL_FROM: 'operator@demo.by',
  },
})

/** The bank makes it at its first start. */
const feedSecret = (data: string): string => join(data, 'acquirer', 'keys', 'feed')

const office = ({ data, enrolment, at }: Place): ProcessSpec => ({
  name: 'office',
  entry: 'services/office/main.ts',
  address: url(at.office),
  own: url(at.office),
  page: url(at.office),
  signIn: accounts.map(({ email, password }) => ({ by: 'password', email, password })),
  env: {
    ZPOS_OFFICE_PORT: String(at.office.port),
    ZPOS_OFFICE_SEED: enrolment.officeSeed,
    ZPOS_RELEASE_ROOT: enrolment.releaseRoot,
    ZPOS_OFFICE_DEMO_PAYMENTS: 'yes',
    ZPOS_ACQUIRER_URL: url(at.acquirerHttp),
    ZPOS_ACQUIRER_FEED_SECRET: feedSecret(data),
    ZPOS_SMTP_URL: `smtp://${pair(at.mail)}`,
    ZPOS_MAIL_FROM: 'office@demo.by',
  },
})

const acquirer = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'acquirer',
  entry: 'services/acquirer/main.ts',
  address: pair(at.acquirer),
  own: url(at.acquirerHttp),
  page: null,
  signIn: [{ by: 'terminal', terminal: enrolment.terminal.id, feed: url(at.acquirerHttp) }],
  env: {
    ZPOS_ACQUIRER_PORT: String(at.acquirerOwn.port),
    ZPOS_ACQUIRER_HTTP_PORT: String(at.acquirerHttp.port),
    ZPOS_ACQUIRER_SEED: enrolment.acquirerSeed,
  },
})
