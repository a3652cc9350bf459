import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { languageOf } from '#core/words/language.ts'
import { standWords } from '#core/words/stand.ts'
import { dataFolder, port, readConfig } from '#services/runtime/config.ts'
import { closeToOthers, ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { say } from '#services/runtime/log.ts'
import { accounts, DEVICE_PIN, people } from './demo/enrolment.ts'
import { type Ports, type Stand, startStand, usualPorts } from './stand.ts'

const settings = z.object({
  ZPOS_DATA: dataFolder,
  ZPOS_REGISTER_PORT: port(usualPorts.register),
  ZPOS_SKO_PORT: port(usualPorts.sko),
  ZPOS_OPERATOR_PORT: port(usualPorts.operator),
  ZPOS_OFFICE_PORT: port(usualPorts.office),
  ZPOS_ACQUIRER_PORT: port(usualPorts.acquirer),
  ZPOS_ACQUIRER_HTTP_PORT: port(usualPorts.acquirerHttp),
  ZPOS_STAND_PORT: port(usualPorts.stand),
  ZPOS_PRINTER_PORT: port(usualPorts.printer),
  ZPOS_MAIL_PORT: port(usualPorts.mail),
  ZPOS_READER_PORT: port(usualPorts.reader),
  ZPOS_SCALE_PORT: port(usualPorts.scale),
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

/** Whoever starts it is spoken to in the language of her terminal. */
const words = standWords[languageOf(process.env.LANG?.replace('_', '-').split('.')[0])].console

function greeting({ addresses }: Stand): string {
  const pins = people.map(({ name, pin }) => `«${name}» PIN ${pin}`).join(', ')
  const [client] = accounts
  const rows = [
    [words.register, addresses.register, pins],
    [words.operator, addresses.operator, `${client.email} / ${client.password}`],
    [words.office, addresses.office, `${client.email} / ${client.password}`],
    [words.sko, `${addresses.sko}/tsrv`, `PIN ${DEVICE_PIN}`],
    [
      words.acquirer,
      addresses.acquirer,
      `ISO 8583; ${words.operations}: ${addresses.acquirerHttp}`,
    ],
    [words.stand, addresses.stand, words.standDoes],
  ]
  const row = ([who = '', where = '', how = '']: string[]) =>
    `  ${who.padEnd(13)} ${where.padEnd(27)} ${how}`
  return ['ready', ...rows.map(row), words.stop].join('\n')
}

const config = readConfig(settings, { ...process.env, ...flags() })
const folder = join(config.ZPOS_DATA, 'stand')
makeFolder(folder)
ownFolder(folder)
closeToOthers(join(config.ZPOS_DATA, 'log'))
const stopped = untilStopped()
try {
  say('output', words.starting)
  const started = startStand({
    data: config.ZPOS_DATA,
    ports: {
      register: config.ZPOS_REGISTER_PORT,
      sko: config.ZPOS_SKO_PORT,
      operator: config.ZPOS_OPERATOR_PORT,
      office: config.ZPOS_OFFICE_PORT,
      acquirer: config.ZPOS_ACQUIRER_PORT,
      acquirerHttp: config.ZPOS_ACQUIRER_HTTP_PORT,
      stand: config.ZPOS_STAND_PORT,
      printer: config.ZPOS_PRINTER_PORT,
      mail: config.ZPOS_MAIL_PORT,
      reader: config.ZPOS_READER_PORT,
      scale: config.ZPOS_SCALE_PORT,
    } satisfies Ports,
  })
  const stand = await Promise.race([started, stopped])
  if (stand) {
    say('output', greeting(stand))
    for (const why of stand.down) say('error', `${words.down} ${why}`)
    await stopped
    await stand.stop()
  }
} catch (error) {
  say('error', `${words.failed} ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
// What is still starting up ends by itself once this process is gone.
process.exit(0)
