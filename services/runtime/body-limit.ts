import type { Context as Call, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/**
 * Refuses a body of more than `maxSize` bytes. Hono's own limit makes a stream of every body to
 * count it, which costs as much as all the rest of a request: one whose length is told is only
 * compared, the parser of HTTP holds it to that.
 */
export function bodyUpTo(maxSize: number, refuse: (call: Call) => Response): MiddlewareHandler {
  const counting = bodyLimit({ maxSize, onError: refuse })
  return async (call, next) => {
    if (call.req.method === 'GET') return next()
    const length = call.req.header('content-length')
    const isTold = length !== undefined && call.req.header('transfer-encoding') === undefined
    if (!isTold) return counting(call, next)
    if (Number(length) > maxSize) return refuse(call)
    await next()
  }
}
