import { createServer } from 'node:net'
import type { ProcessName } from '#core/api/stand.ts'
import { bound } from '#services/runtime/listen.ts'
import { openCardReader } from '#stand/card-reader.ts'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { processSpecs } from '#stand/process-settings.ts'
import { copied, removeFolder } from './folder.ts'
import { type Life, type Program, startLife } from './life.ts'

const HOST = '127.0.0.1'

/** Who can be reached, by port; a port of 0 is nobody's. */
export type Neighbours = Partial<
  Record<'register' | 'sko' | 'operator' | 'acquirer' | 'reader', number>
>

/** A process of the demo shop over a data folder, on free ports. */
export function programOf(name: ProcessName, data: string, near: Neighbours = {}): Program {
  const at = (port = 0) => ({ host: HOST, port })
  const nobody = at()
  const specs = processSpecs({
    data,
    enrolment: prepareByHand(data),
    at: {
      register: nobody,
      sko: at(near.sko),
      skoOwn: nobody,
      operator: nobody,
      operatorLine: at(near.operator),
      office: nobody,
      officeLine: nobody,
      acquirer: at(near.acquirer),
      acquirerOwn: nobody,
      acquirerHttp: nobody,
      internetProbe: nobody,
      printer: nobody,
      reader: at(near.reader),
      scale: nobody,
      mail: nobody,
    },
  })
  const found = specs.find((spec) => spec.name === name)
  if (!found) throw new Error(`the shop has no ${name}`)
  return { entry: found.entry, env: found.env }
}

/** Brings up neighbours over a copy of a data folder, with a reader that always has a good card. */
export async function openNeighbours(names: readonly ProcessName[], data: string) {
  const own = copied(data)
  const near: Neighbours = {}
  const lives: Life[] = []
  for (const name of names) {
    const started = await startLife(programOf(name, own, near))
    if (started.is === 'ended') throw new Error(`${name} does not start: ${started.said}`)
    lives.push(started.life)
    Object.assign(near, { [name]: started.life.ports.port })
  }
  const reader = openCardReader(() => {
    if (reader.view().waiting) setImmediate(() => reader.tap({ card: 'ok', entry: 'chip' }))
  })
  const server = await bound(createServer(reader.serve), { host: HOST, port: 0 })
  near.reader = server.port
  return {
    near,
    close: async () => {
      await Promise.all([server.close(), ...lives.map(({ end }) => end())])
      removeFolder(own)
    },
  }
}
