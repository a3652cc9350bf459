import type { Enrolment } from './demo/enrolment.ts'
import { clockOffsetPath } from './faults.ts'
import type { Address } from './line.ts'
import type { ProcessSpec } from './processes.ts'
import type { LineAddresses } from './shop-lines.ts'

type Place = {
  data: string
  enrolment: Enrolment
  at: LineAddresses & { register: Address; printer: Address }
}

const url = ({ host, port }: Address): string => `http://${host}:${port}`
const pair = ({ host, port }: Address): string => `${host}:${port}`

/** The processes of the demo shop, each with all it is told from outside. */
export function processSpecs({ data, enrolment, at }: Place): ProcessSpec[] {
  const everywhere = {
    ZPOS_DATA: data,
    ZPOS_HOST: at.register.host,
    ZPOS_CLOCK_OFFSET_FILE: clockOffsetPath(data),
  }
  return [
    {
      name: 'register',
      title: 'АРМ Кассира',
      entry: 'services/register/main.ts',
      address: url(at.register),
      own: url(at.register),
      page: url(at.register),
      signIn: ['«Анна», PIN 1111 — кассир', '«Ольга», PIN 9999 — администратор'],
      env: {
        ...everywhere,
        ZPOS_REGISTER_PORT: String(at.register.port),
        ZPOS_SKO_URL: url(at.sko),
        ZPOS_SKO_TOKEN: enrolment.tillDevice,
        ZPOS_SKO_CREDENTIAL: enrolment.credential,
        ZPOS_OPERATOR_URL: url(at.operatorLine),
        ZPOS_INTERNET_PROBE: pair(at.internetProbe),
        ZPOS_PRINTER: pair(at.printer),
        ZPOS_REGISTER_SEED: enrolment.registerSeed,
      },
    },
    {
      name: 'sko',
      title: 'Служба СКО',
      entry: 'services/sko/main.ts',
      address: url(at.sko),
      own: url(at.skoOwn),
      page: null,
      signIn: ['PIN устройства 1234, протокол tsrv: POST /tsrv'],
      env: {
        ...everywhere,
        ZPOS_SKO_PORT: String(at.skoOwn.port),
        ZPOS_OPERATOR_URL: url(at.operatorLine),
        ZPOS_SKO_DEVICES: enrolment.devices,
      },
    },
    {
      name: 'operator',
      title: 'Оператор (АИС ПКС)',
      entry: 'services/operator/main.ts',
      address: url(at.operator),
      own: url(at.operator),
      page: url(at.operator),
      signIn: ['client@demo.by, пароль demo', 'staff@demo.by, пароль demo'],
      env: {
        ...everywhere,
        ZPOS_OPERATOR_PORT: String(at.operator.port),
        ZPOS_OPERATOR_SEED: enrolment.operatorSeed,
      },
    },
  ]
}
