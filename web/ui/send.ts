import type { Send } from '#core/api/client.ts'
import { spoken } from './language.ts'

/** Sends to the page's own server. A browser cannot prove that nothing left it, so it is `lost`. */
export const fetchSend: Send = async ({ method, path, body }) => {
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
