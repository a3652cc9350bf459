import { client } from '#core/api/client.ts'
import { registerApi } from '#core/api/register.ts'
import { uploadEndpoint } from '#core/api/register-import.ts'
import { supportEndpoint } from '#core/api/register-support.ts'
import { fetchFile, fetchSend, saveFile, sendFile } from '#web/ui/send.ts'
import { till } from './till.ts'

/** The register behind this page. Whatever is asked, an ended session leads to signing in. */
export const register = client(registerApi, async (request) => {
  const got = await fetchSend(request)
  if ('status' in got && got.status === 401) till.set({ session: null })
  return got
})

/** Sends a file of goods; `name`: as the person's file is called. */
export const uploadGoods = (file: File) => {
  const name = file.name.replace(/[^\p{L}\p{N} .,()_-]/gu, '_').slice(-200)
  const send = client({ upload: uploadEndpoint }, ({ path }) =>
    sendFile(`${path}?${new URLSearchParams({ name })}`, file),
  )
  return send.upload({ name })
}

export type SupportQuestion = { operation: string } | { day: string } | { last: number }

/** Gathers what support needs and saves it; answers what it is called, or why there is none. */
export async function gatherForSupport(asked: SupportQuestion) {
  let saved = ''
  const send = client({ gather: supportEndpoint }, async ({ path }) => {
    const got = await fetchFile(path)
    if ('status' in got && got.status === 401) till.set({ session: null })
    if (!('file' in got)) return got
    saveFile(got)
    saved = got.name
    return { status: 200, body: '{}' }
  })
  const answer = await send.gather(asked)
  return answer.kind === 'done' ? { kind: 'saved' as const, name: saved } : answer
}
