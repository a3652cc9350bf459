import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { httpSend } from '#services/runtime/send.ts'
import { freePort } from './processes.ts'

export type Skeleton = Awaited<ReturnType<typeof openSkeleton>>

/** Bytes of a real sale of three lines on each hop, as measured on the wire. */
const sizes = { request: 230, command: 850, document: 2100, answer: 2300 }

/**
 * The floor of a sale: two processes, the same hops with as many bytes and three FULL commits, with
 * nothing but node:http and node:sqlite in them.
 */
export async function openSkeleton() {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-skeleton-'))
  const [port, devicePort] = [await freePort(), await freePort()]
  const start = (role: string, at: number) =>
    spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'skeleton-process.ts'),
        role,
        folder,
        String(at),
        String(devicePort),
      ],
      { env: { ...process.env, SKELETON_SIZES: JSON.stringify(sizes) }, stdio: 'inherit' },
    )
  const children = [start('device', devicePort), start('register', port)]
  const send = httpSend(`http://127.0.0.1:${port}`, { deadlineMs: 5000 })
  const body = 'x'.repeat(sizes.request)
  const sale = async () => {
    const got = await send({ method: 'POST', path: '/', body })
    if (!('body' in got) || got.body.length !== sizes.answer) throw new Error(JSON.stringify(got))
  }
  for (;;) {
    const got = await send({ method: 'POST', path: '/', body })
    if ('body' in got) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    sale,
    stop: async () => {
      send.close()
      for (const child of children) child.kill('SIGTERM')
      await Promise.all(
        children.map((child) => new Promise((resolve) => child.once('exit', resolve))),
      )
      rmSync(folder, { recursive: true })
    },
  }
}
