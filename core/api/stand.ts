import { z } from 'zod'
import { endpoint } from './contract.ts'
import * as wire from './wire.ts'

// The demo stand: what its page and the browser tests may ask of it.

export const processName = z.enum(['register', 'sko', 'operator'])
export type ProcessName = z.output<typeof processName>

export const processView = z.object({
  name: processName,
  title: z.string(),
  address: z.string(),
  /** Null for a process that has no page. */
  page: z.string().nullable(),
  pid: z.int().nullable(),
  /** `stopped` by the button alone: what dies by itself is started again. */
  state: z.enum(['running', 'starting', 'stopped']),
  since: wire.at,
  /** Starts after the first one. */
  restarts: z.int(),
  /** It answers its health check. */
  healthy: z.boolean(),
  /** Resident memory in megabytes; null where the system does not tell. */
  rssMb: z.int().nullable(),
  /** Who may sign in there, for a person to read. */
  signIn: z.array(z.string()),
})
export type ProcessView = z.output<typeof processView>

export const paper = z.object({
  /** Counts the papers of this printer from 1. */
  number: z.int().positive(),
  /** Id of the print job; null when whoever printed gave none. */
  job: z.string().nullable(),
  at: wire.at,
  lines: z.array(z.string()),
})
export type Paper = z.output<typeof paper>

const none = z.object({})
const byName = z.object({ name: processName })

export const standApi = {
  paper: endpoint({
    route: 'GET /api/paper',
    summary: 'Лента принтера, новые листы последними',
    input: none,
    reply: z.object({ papers: z.array(paper) }),
    refusals: [],
  }),
  processes: endpoint({
    route: 'GET /api/processes',
    summary: 'Процессы стенда',
    input: none,
    reply: z.object({ processes: z.array(processView) }),
    refusals: [],
  }),
  kill: endpoint({
    route: 'POST /api/processes/:name/kill',
    summary: 'SIGKILL; процесс лежит, пока его не запустят',
    input: byName,
    reply: processView,
    refusals: [],
  }),
  start: endpoint({
    route: 'POST /api/processes/:name/start',
    summary: 'Запустить убитый процесс',
    input: byName,
    reply: processView,
    refusals: [],
  }),
}

/** GET /api/events: `processes` on any change of one, `paper` for each paper, old ones first. */
export const standEvents = { processes: standApi.processes.reply, paper }
