import { v7 } from 'uuid'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import type { Store, Told } from './store.ts'

// One version after another is installed; whichever runs is whole, and no older than was told.

const RUNNING = 'running'
const answer = z.object({ running: z.int().nullable() })

export const updater: Store = {
  neighbours: [],
  program: (data) => ({ entry: 'powercut/updater-program.ts', env: { ZPOS_DATA: data } }),
  open: () => {
    const call = async ({ port }: Ports, method: string): Promise<Told | null> => {
      const mark = v7()
      const got = await asked(port, { method, path: `/?asked=${mark}` })
      const running = answer.safeParse(parseJson(got?.text ?? '')).data?.running ?? null
      return running === null ? null : { id: RUNNING, state: String(running), said: mark }
    }
    return {
      work: async (ports, _nth, tried) => {
        tried(RUNNING)
        const told = await call(ports, 'POST')
        return told ? [told] : []
      },
      ask: (ports) => call(ports, 'GET'),
    }
  },
  isKept: (told, now) => now !== null && Number(now) >= Number(told),
}
