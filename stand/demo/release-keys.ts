import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DAY } from '#core/time.ts'
import { signRoot } from '#core/updating/signing.ts'
import { makeFolder, writeWhole } from '#services/runtime/durable-file.ts'
import { openReleaseKey } from '#services/runtime/release-keys.ts'

/** The office makes its own where there is none; the demo's root has to name it first. */
const ONLINE = 'office-release-key.pem'
const ROOT_DAYS = 3650

/**
 * The keys of the demo's releases. Elsewhere root and targets keys lie on no machine that is on a
 * network; here one machine is everybody's.
 */
export function openDemoReleaseKeys(data: string) {
  const folder = join(data, 'stand', 'release-keys')
  makeFolder(folder)
  const keyOf = (name: string) => openReleaseKey(join(folder, `${name}.pem`))
  const root = [1, 2, 3].map((number) => keyOf(`root-${number}`))
  const targets = keyOf('targets-1')
  const online = openReleaseKey(join(data, ONLINE))
  const rootPath = join(folder, '1.root.json')
  if (!existsSync(rootPath)) {
    const expires = demoUntil(Date.now(), ROOT_DAYS)
    const made = { version: 1, expires, root, targets: [targets], online }
    writeWhole(rootPath, JSON.stringify(signRoot(made, root)))
  }
  return { root, targets, online, rootPath }
}

export const demoUntil = (now: number, days: number): string =>
  `${new Date(now + days * DAY).toISOString().slice(0, 19)}Z`

export const demoNotes = (version: string) => ({
  ru: `Версия ${version}, собранная стендом из исходников`,
  be: `Версія ${version}, сабраная стэндам з зыходнікаў`,
  en: `Version ${version}, packed by the stand from the sources`,
})
