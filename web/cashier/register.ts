import { client } from '#core/api/client.ts'
import { registerApi } from '#core/api/register.ts'
import { fetchSend } from '#web/ui/send.ts'
import { till } from './till.ts'

/** The register behind this page. Whatever is asked, an ended session leads to signing in. */
export const register = client(registerApi, async (request) => {
  const got = await fetchSend(request)
  if ('status' in got && got.status === 401) till.set({ session: null })
  return got
})
