import { existsSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseJson } from '#core/api/json.ts'
import {
  CURRENT_LINK,
  STATE_FILE,
  type UpdaterState,
  updaterState,
  WANTED_FILE,
  type WantedUpdate,
  wantedUpdate,
} from '#core/api/update-files.ts'
import { isOlder } from '#core/billing/state.ts'
import { isUnderWay } from '#core/updating/installing.ts'
import { readForeign, readWhole } from './durable-file.ts'

// The folder of installed versions, as whoever supervises the register reads it:
// `versions/<version>` and a link `current` to one of them.

export const VERSIONS = 'versions'

/** Of a wish with its roots and targets, some tens of kilobytes; the register's user writes it. */
const MOST_WISH = 16_000_000

export const versionFolder = (folder: string, version: string): string =>
  join(folder, VERSIONS, version)

/** The version that was switched to last; null: none was. */
export function currentVersion(folder: string): string | null {
  const link = join(folder, CURRENT_LINK)
  return existsSync(join(link, 'package.json')) ? basename(readlinkSync(link)) : null
}

/** Where the programs are that run: what came with the package unless the current one is newer. */
export function programsHome(folder: string, own: { version: string; home: string }): string {
  const current = currentVersion(folder)
  return current !== null && isOlder(own.version, current)
    ? versionFolder(folder, current)
    : own.home
}

/** Torn or foreign, it says nothing. */
export const updaterStateIn = (folder: string): UpdaterState =>
  updaterState.safeParse(parseJson(readWhole(join(folder, STATE_FILE)) ?? '')).data ?? {
    request: null,
    installing: { step: 'idle' },
  }

export const wishOf = (data: string): WantedUpdate | null => {
  const text = readForeign(join(data, 'register', 'updates', WANTED_FILE), MOST_WISH)
  return wantedUpdate.safeParse(parseJson(text ?? '')).data ?? null
}

/** The updater has something to do: a wish that it has not seen, or a step that was cut short. */
export function isUpdateWanted(data: string, folder: string): boolean {
  const { request, installing } = updaterStateIn(folder)
  return isUnderWay(installing) || (wishOf(data)?.request ?? request) !== request
}
