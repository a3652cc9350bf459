import type { Enrolment } from './demo/enrolment.ts'
import { clockOffsetPath } from './faults.ts'
import type { Address } from './line.ts'
import type { ProcessSpec } from './processes.ts'
import type { LineAddresses } from './shop-lines.ts'

type Place = {
  data: string
  enrolment: Enrolment
  at: LineAddresses & Record<'register' | 'printer' | 'reader' | 'acquirerHttp', Address>
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
  const specs = [register, sko, operator, acquirer].map((specOf) => specOf(place))
  return specs.map((spec) => ({ ...spec, env: { ...everywhere, ...spec.env } }))
}

const register = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'register',
  title: 'АРМ Кассира',
  entry: 'services/register/main.ts',
  address: url(at.register),
  own: url(at.register),
  page: url(at.register),
  signIn: ['«Анна», PIN 1111 — кассир', '«Ольга», PIN 9999 — администратор'],
  env: {
    ZPOS_REGISTER_PORT: String(at.register.port),
    ZPOS_SKO_URL: url(at.sko),
    ZPOS_SKO_TOKEN: enrolment.tillDevice,
    ZPOS_SKO_CREDENTIAL: enrolment.credential,
    ZPOS_OPERATOR_URL: url(at.operatorLine),
    ZPOS_INTERNET_PROBE: pair(at.internetProbe),
    ZPOS_PRINTER: pair(at.printer),
    ZPOS_ACQUIRER: pair(at.acquirer),
    ZPOS_READER: pair(at.reader),
    ZPOS_TERMINAL_ID: enrolment.terminal.id,
    ZPOS_MERCHANT_ID: enrolment.terminal.merchant,
    ZPOS_ACQUIRER_ID: enrolment.terminal.acquirer,
    ZPOS_MERCHANT_CATEGORY: enrolment.terminal.category,
    ZPOS_REGISTER_SEED: enrolment.registerSeed,
  },
})

const sko = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'sko',
  title: 'Служба СКО',
  entry: 'services/sko/main.ts',
  address: url(at.sko),
  own: url(at.skoOwn),
  page: null,
  signIn: ['PIN устройства 1234, протокол tsrv: POST /tsrv'],
  env: {
    ZPOS_SKO_PORT: String(at.skoOwn.port),
    ZPOS_OPERATOR_URL: url(at.operatorLine),
    ZPOS_SKO_DEVICES: enrolment.devices,
  },
})

const operator = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'operator',
  title: 'Оператор (АИС ПКС)',
  entry: 'services/operator/main.ts',
  address: url(at.operator),
  own: url(at.operator),
  page: url(at.operator),
  signIn: ['client@demo.by, пароль demo', 'staff@demo.by, пароль demo'],
  env: {
    ZPOS_OPERATOR_PORT: String(at.operator.port),
    ZPOS_OPERATOR_SEED: enrolment.operatorSeed,
  },
})

const acquirer = ({ enrolment, at }: Place): ProcessSpec => ({
  name: 'acquirer',
  title: 'Банк (эквайер)',
  entry: 'services/acquirer/main.ts',
  address: pair(at.acquirer),
  own: url(at.acquirerHttp),
  page: null,
  signIn: [`ISO 8583:1993; терминал ${enrolment.terminal.id}, операции: ${url(at.acquirerHttp)}`],
  env: {
    ZPOS_ACQUIRER_PORT: String(at.acquirerOwn.port),
    ZPOS_ACQUIRER_HTTP_PORT: String(at.acquirerHttp.port),
    ZPOS_ACQUIRER_SEED: enrolment.acquirerSeed,
  },
})
