type Asked = { method: string; path: string; body?: unknown; cookie?: string | undefined }
type Answered = { status: number; text: string; cookie: string | undefined }

const DEADLINE_MS = 30_000

/** Asks a process over HTTP; null: it did not answer. */
export async function asked(
  port: number,
  { method, path, body, cookie }: Asked,
): Promise<Answered | null> {
  const own = `http://127.0.0.1:${port}`
  try {
    const answer = await fetch(`${own}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: own,
        ...(cookie === undefined ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    const set = answer.headers.getSetCookie()[0]?.split(';')[0]
    return { status: answer.status, text: await answer.text(), cookie: set }
  } catch {
    return null
  }
}
