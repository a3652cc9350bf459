import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { dataFolder, port, readConfig } from '#services/runtime/config.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { type Ports, type Stand, startStand, usualPorts } from './stand.ts'

const settings = z.object({
  ZPOS_DATA: dataFolder,
  ZPOS_REGISTER_PORT: port(usualPorts.register),
  ZPOS_SKO_PORT: port(usualPorts.sko),
  ZPOS_OPERATOR_PORT: port(usualPorts.operator),
  ZPOS_ACQUIRER_PORT: port(usualPorts.acquirer),
  ZPOS_ACQUIRER_HTTP_PORT: port(usualPorts.acquirerHttp),
  ZPOS_STAND_PORT: port(usualPorts.stand),
  ZPOS_PRINTER_PORT: port(usualPorts.printer),
  ZPOS_READER_PORT: port(usualPorts.reader),
})

/** «--sko-port 2829» is the same as ZPOS_SKO_PORT=2829, and wins. */
function flags(): Record<string, string> {
  const names = Object.keys(settings.shape)
  const flagOf = (name: string) => name.replace('ZPOS_', '').replaceAll('_', '-').toLowerCase()
  const options = Object.fromEntries(
    names.map((name) => [flagOf(name), { type: 'string' } as const]),
  )
  const { values } = parseArgs({ options })
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[flagOf(name)]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

const greeting = ({ addresses }: Stand): string => `ready
  АРМ Кассира   ${addresses.register}   «Анна» PIN 1111, «Ольга» PIN 9999
  Оператор      ${addresses.operator}   client@demo.by / demo
  Служба СКО    ${addresses.sko}/tsrv   PIN 1234
  Банк          ${addresses.acquirer}          ISO 8583; операции: ${addresses.acquirerHttp}
  Стенд         ${addresses.stand}   процессы, сбои, карты и чековая лента
Остановить: Ctrl-C`

const config = readConfig(settings, { ...process.env, ...flags() })
const folder = join(config.ZPOS_DATA, 'stand')
makeFolder(folder)
ownFolder(folder)
const stopped = untilStopped()
try {
  console.log('zPOS: запускаю стенд…')
  const started = startStand({
    data: config.ZPOS_DATA,
    ports: {
      register: config.ZPOS_REGISTER_PORT,
      sko: config.ZPOS_SKO_PORT,
      operator: config.ZPOS_OPERATOR_PORT,
      acquirer: config.ZPOS_ACQUIRER_PORT,
      acquirerHttp: config.ZPOS_ACQUIRER_HTTP_PORT,
      stand: config.ZPOS_STAND_PORT,
      printer: config.ZPOS_PRINTER_PORT,
      reader: config.ZPOS_READER_PORT,
    } satisfies Ports,
  })
  const stand = await Promise.race([started, stopped])
  if (stand) {
    console.log(greeting(stand))
    await stopped
    await stand.stop()
  }
} catch (error) {
  console.error(`zPOS: стенд не запустился. ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
// What is still starting up ends by itself once this process is gone.
process.exit(0)
