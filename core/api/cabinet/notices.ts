import { z } from 'zod'
import type { NoticeName } from '../../notices.ts'
import { endpoint } from '../contract.ts'

/** What an account is told of by mail: everything, but for what it does not want. */
export const cabinetNoticesApi = <const Name extends NoticeName>(
  names: readonly [Name, ...Name[]],
) => {
  const notices = z.object({ wanted: z.array(z.enum(names)).max(names.length) })
  return {
    notices: endpoint({
      route: 'GET /api/session/notices',
      right: 'signed-in',
      input: z.object({}),
      reply: notices,
      refusals: [],
    }),
    chooseNotices: endpoint({
      route: 'PUT /api/session/notices',
      right: 'signed-in',
      input: notices,
      reply: notices,
      refusals: [],
    }),
  }
}
