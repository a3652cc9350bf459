import type { Send } from '#core/api/client.ts'

/** Sends to the page's own server. A browser cannot prove that nothing left it, so it is `lost`. */
export const fetchSend: Send = async ({ method, path, body }) => {
  try {
    const response = await fetch(path, {
      method,
      ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { lost: String(error) }
  }
}
