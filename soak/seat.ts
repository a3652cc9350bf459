import type { Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'

type SeatOptions = {
  deadlineMs: number
  headers?: Record<string, string>
  /** Signs in anew when the session is over; what it sends goes by the same seat. */
  signIn?: (send: Send) => Promise<unknown>
}

/** A browser's end of the wire: keeps cookies, and signs in again when it is no longer known. */
export function openSeat(base: string, { deadlineMs, headers = {}, signIn }: SeatOptions): Send {
  const cookies = new Map<string, string>()
  const send: Send = async ({ method, path, body }) => {
    try {
      const sent = { cookie: [...cookies.values()].join('; '), 'content-type': 'application/json' }
      const response = await fetch(new URL(path, base), {
        method,
        headers: { ...headers, ...sent },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(deadlineMs),
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';')
        cookies.set(pair.split('=')[0] ?? '', pair)
      }
      return { status: response.status, body: await response.text() }
    } catch (error) {
      return { lost: String(error) }
    }
  }
  if (!signIn) return send
  return async (request) => {
    const got = await send(request)
    if (!('status' in got) || got.status !== 401) return got
    const { code } = (parseJson(got.body) ?? {}) as { code?: string }
    if (code !== 'session.required') return got
    await signIn(send)
    return send(request)
  }
}
