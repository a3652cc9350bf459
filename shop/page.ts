import { outside } from './process.ts'
import type { Wire } from './wire.ts'

/** What a browser sends along: by this token somebody is signed in. */
export const cookieOf = (token: string): string => `zpos=${encodeURIComponent(token)}`

/** Asks the register as the page of whoever is signed in does. Null: no answer came. */
export const pageOf =
  (wire: Wire, token: string, headers: Record<string, string> = {}) =>
  async (method: string, path: string, body?: object) => {
    const send = wire.send(outside, { cookie: cookieOf(token), ...headers })
    const answer = await send({ method, path, ...(body && { body: JSON.stringify(body) }) })
    if (!('status' in answer) || answer.status === 500) return null
    return { status: answer.status, body: JSON.parse(answer.body) }
  }
