import type { Send } from '#core/api/client.ts'
import { isTurnedAway } from '#core/api/client.ts'
import { pause } from './hooks.ts'
import { spoken } from './language.ts'

// What the server turned away has not been done: it is asked again before anybody is told (R30).
const TRIES = 6
const BETWEEN_MS = 200

/** Sends to the page's own server. A browser cannot prove that nothing left it, so it is `lost`. */
export const fetchSend: Send = async (request) => {
  for (let tried = 1; ; tried += 1) {
    const got = await sendOnce(request)
    if (!('status' in got) || !isTurnedAway(got) || tried === TRIES) return got
    await pause(BETWEEN_MS * tried)
  }
}

/** Sends a person's file as it is; it is long, so it is asked again by nobody but her. */
export const sendFile = async (path: string, file: Blob): ReturnType<Send> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: {
        'accept-language': spoken.get().language,
        'content-type': 'application/octet-stream',
      },
      body: file,
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { lost: String(error) }
  }
}

/** A file that the server makes, or what it says instead. */
export const fetchFile = async (
  path: string,
): Promise<Awaited<ReturnType<Send>> | { file: Blob; name: string }> => {
  try {
    const response = await fetch(path, { headers: { 'accept-language': spoken.get().language } })
    if (!response.ok) return { status: response.status, body: await response.text() }
    const disposition = response.headers.get('content-disposition') ?? ''
    const [, name = 'file'] = /filename="([\w.-]+)"/.exec(disposition) ?? []
    return { file: await response.blob(), name }
  } catch (error) {
    return { lost: String(error) }
  }
}

/** Hands a file to the browser, which keeps it among its downloads. */
export function saveFile({ file, name }: { file: Blob; name: string }): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

const sendOnce: Send = async ({ method, path, body }) => {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        'accept-language': spoken.get().language,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { lost: String(error) }
  }
}
