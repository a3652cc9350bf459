import { v7 } from 'uuid'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import type { deeds } from './stand-program.ts'
import type { Store, Told } from './store.ts'

// One deed after another, each telling how all the files stand: after a cut they stand as they
// were told to last, or as the deed under way was to leave them.

const FILES = 'files'
const DAY = [
  'mark',
  'print',
  'back-up',
  'mark',
  'restore',
  'advance',
  'mark',
  'pull-out',
  'print',
  'restore',
  'plug-in',
] as const satisfies (typeof deeds)[number][]

const answer = z.object({ state: z.record(z.string(), z.unknown()) })

export const stand: Store = {
  neighbours: [],
  program: (data) => ({ entry: 'powercut/stand-program.ts', env: { ZPOS_DATA: data } }),
  open: () => {
    const call = async ({ port }: Ports, method: string, deed: string): Promise<Told | null> => {
      const mark = v7()
      const got = await asked(port, { method, path: `/${deed}?asked=${mark}` })
      const read = answer.safeParse(parseJson(got?.text ?? '')).data
      return read ? { id: FILES, state: JSON.stringify(read.state), said: mark } : null
    }
    return {
      work: async (ports, nth, tried) => {
        tried(FILES)
        const told = await call(ports, 'POST', DAY[nth % DAY.length] ?? DAY[0])
        return told ? [told] : []
      },
      ask: (ports) => call(ports, 'GET', ''),
    }
  },
}
