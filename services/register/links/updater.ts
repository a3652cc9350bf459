import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { WANTED_FILE, type WantedUpdate } from '#core/api/update-files.ts'
import type { Installing } from '#core/updating/installing.ts'
import { writeWhole } from '#services/runtime/durable-file.ts'
import { updaterStateIn } from '#services/runtime/installed.ts'

export type UpdaterLink = ReturnType<typeof openUpdaterLink>

/**
 * The register's word to the updater and back, by two files: the wish lies in the register's own
 * folder, what came of it in the folder of installed programs, where the register writes nothing.
 */
export function openUpdaterLink({ folder, programs }: { folder: string; programs: string }) {
  return {
    /** What came of the last wish, or what is under way. */
    state: (): Installing => updaterStateIn(programs).installing,
    /** Durable when it returns; carried out before the register's next start. */
    want: (wanted: Omit<WantedUpdate, 'request'>): void =>
      writeWhole(
        join(folder, WANTED_FILE),
        JSON.stringify(Object.assign({ request: randomUUID() }, wanted)),
      ),
  }
}
