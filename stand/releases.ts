import { execFile } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { client, type Send } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { archiveEndpoint } from '#core/api/office-releases.ts'
import { targetsFile } from '#core/api/release-metadata.ts'
import { isOlder } from '#core/billing/state.ts'
import { signTargets } from '#core/updating/signing.ts'
import { makeFolder, readWhole } from '#services/runtime/durable-file.ts'
import { currentVersion } from '#services/runtime/installed.ts'
import { VERSION } from '#services/runtime/version.ts'
import { accounts } from './demo/enrolment.ts'
import { demoNotes, demoUntil, openDemoReleaseKeys } from './demo/release-keys.ts'

const TARGETS_DAYS = 365
/** Packs releases from the tree, signs them by the demo's keys and publishes them. */
export function openStandReleases(data: string, office: string, now: () => number) {
  const keys = openDemoReleaseKeys(data)
  const out = join(data, 'stand', 'releases')
  const own = () => currentVersion(join(data, 'programs')) ?? VERSION
  const publish = async (): Promise<string | null> => {
    const staff = await signedInStaff(office)
    const listed = staff && (await staff.api.releases({}))
    if (!staff || listed?.kind !== 'done') return null
    const version = nextVersion([VERSION, ...listed.value.releases.map((each) => each.version)])
    makeFolder(out)
    const trustedRoot = readWhole(keys.rootPath) ?? ''
    const notes = demoNotes(version)
    const release = await packedBeside({ version, notes, out, trustedRoot })
    const present = await presentTargets(office, listed.value.targets)
    const expires = demoUntil(now(), TARGETS_DAYS)
    const signed = signTargets(present, { release, expires }, [keys.targets])
    if (!(await staff.sendArchive(release.file))) return null
    const published = await staff.api.publish({ metadata: JSON.stringify(signed) })
    return published.kind === 'done' ? version : null
  }
  return {
    /** The version that was published above all that are; null: the office did not take it. */
    publish,
    /** A version above the till's that is published already, or is now. */
    newer: async (): Promise<string | null> => {
      const listed = await (await signedInStaff(office))?.api.releases({})
      if (listed?.kind !== 'done') return null
      const [newest] = listed.value.releases
      return newest && isOlder(own(), newest.version) ? newest.version : publish()
    },
  }
}

const packed = z.object({
  version: z.string(),
  path: z.string(),
  file: z.string(),
  sha256: z.string(),
  length: z.int(),
  platform: z.string(),
  node: z.int(),
  notes: z.object({ ru: z.string(), be: z.string(), en: z.string() }),
})

/** Packing takes seconds, in which the shop's lines must not stand still. */
async function packedBeside(wanted: object) {
  const script = join(import.meta.dirname, '../scripts/release-archive.ts')
  const how = ['--disable-warning=ExperimentalWarning', script, JSON.stringify(wanted)]
  const { stdout } = await promisify(execFile)(process.execPath, how)
  return packed.parse(JSON.parse(stdout))
}

/** «0.2.0» after «0.1.9»: the second number rises. */
function nextVersion(all: readonly string[]): string {
  const newest = all.reduce((a, b) => (isOlder(a, b) ? b : a))
  const [major = 0, minor = 0] = newest.split('.').map(Number)
  return `${major}.${minor + 1}.0`
}

type Listed = Reply<(typeof officeCabinetApi)['releases']>

async function presentTargets(office: string, listed: Listed['targets']) {
  if (!listed) return null
  const answer = await fetch(`${office}/releases/metadata/${listed.version}.targets.json`)
  return targetsFile.parse(await answer.json()).signed
}

async function signedInStaff(office: string) {
  let cookie = ''
  const send: Send = async ({ method, path, body }) => {
    const headers = { cookie, 'content-type': 'application/json' }
    try {
      const answer = await fetch(`${office}${path}`, { method, headers, body: body ?? null })
      const set = answer.headers.getSetCookie().map((each) => each.split(';')[0])
      if (set.length > 0) cookie = set.join('; ')
      return { status: answer.status, body: await answer.text() }
    } catch (error) {
      return { lost: String(error) }
    }
  }
  const api = client(officeCabinetApi, send)
  const { email, password } = accounts[1]
  const signed = await api.signIn({ email, password })
  if (signed.kind !== 'done') return null
  const sendArchive = async (file: string): Promise<boolean> => {
    const upload: Send = async ({ path }) => {
      const body = await openAsBlob(file)
      const headers = { cookie, 'content-type': 'application/octet-stream' }
      const answer = await fetch(`${office}${path}`, { method: 'POST', body, headers })
      return { status: answer.status, body: await answer.text() }
    }
    return (await client({ archive: archiveEndpoint }, upload).archive({})).kind === 'done'
  }
  return { api, sendArchive }
}

export type StandReleases = ReturnType<typeof openStandReleases>
