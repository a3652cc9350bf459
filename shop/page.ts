import { cookieOf, type Role } from './enrolment.ts'
import { outside } from './process.ts'
import type { Wire } from './wire.ts'

/** Asks the register as the page of whoever has this role does. Null: no answer came. */
export const pageOf =
  (wire: Wire, role: Role) => async (method: string, path: string, body?: object) => {
    const send = wire.send(outside, { cookie: cookieOf(role) })
    const answer = await send({ method, path, ...(body && { body: JSON.stringify(body) }) })
    if (!('status' in answer) || answer.status === 500) return null
    return { status: answer.status, body: JSON.parse(answer.body) }
  }
