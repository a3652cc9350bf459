import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import {
  type EnrolledView,
  type OfficeAddress,
  officeAddress,
  pairing,
} from '#core/api/operator-enrolment.ts'
import { assert } from '#core/assert.ts'
import {
  newDeviceKey,
  publicHalf,
  serialOfKey,
  sharedSecret,
} from '#services/runtime/device-keys.ts'
import { makeFolder, readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import { ENROLLED_KEYS, TOLD_OFFICE_KEYS } from '#services/runtime/operator-keys.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { type OwnDevice, ownDevice } from './links/seal.ts'
import { openReplacements } from './memory/reading.ts'
import type { Succeeding } from './operating/succession.ts'

/** What a till works with: its device, the secret of the two, and what shows it to the device. */
export type TillEnrolment = {
  device: OwnDevice
  credential: string
  /** Null: the secret was given to both by hand. */
  pairing: z.output<typeof pairing> | null
  /** Billing as the operator named it; null: it named none, or nobody was asked. */
  office: OfficeAddress | null
}

/**
 * The device that the till works with by its own journal: what was enrolled, or what has taken its
 * place since. Throws where the secret with it is gone.
 */
export function presentEnrolment(
  db: Sqlite,
  enrolled: TillEnrolment,
  secretOf: Succeeding['secretOf'],
): TillEnrolment {
  const replacements = openReplacements(db).replacements()
  const last = replacements.at(-1)
  // What was enrolled by hand or anew since then counts.
  const isFormer = replacements.some(({ former }) => former.serial === enrolled.device.serial)
  if (!last || !isFormer) return enrolled
  const credential = secretOf(last)
  assert(credential !== null, `the secret with device ${last.device.serial} must be there`)
  const { office } = enrolled
  return { device: last.device, credential, pairing: last.pairing, office }
}

const kept = z.object({
  device: ownDevice,
  credential: z.string().min(1),
  pairing,
  /** A till that was connected before this was told knows of none. */
  office: officeAddress.nullable().default(null),
})

const serialOf = (privateKey: string): string => serialOfKey(publicHalf(privateKey))

/** The files by which a till is enrolled, in its own folder: its key, and what it was told. */
export function openTillFiles(folder: string) {
  const keyFile = join(folder, 'keys', 'till.pem')
  const file = join(folder, 'enrolment.json')
  /** Made at the first start: nobody else ever sees it. */
  const privateKey = (): string => {
    makeFolder(join(folder, 'keys'))
    if (!existsSync(keyFile)) writeWhole(keyFile, newDeviceKey())
    return readWhole(keyFile) ?? ''
  }
  return {
    operatorKeys: join(folder, ENROLLED_KEYS),
    officeKeys: join(folder, TOLD_OFFICE_KEYS),
    privateKey,
    /** The till's serial number, which follows from its key. */
    serial: (): string => serialOf(privateKey()),
    /** What it was told; null: it is not enrolled. Throws where the file is damaged. */
    read: (): TillEnrolment | null => {
      const text = readWhole(file)
      return text === null ? null : kept.parse(parseJson(text))
    },
    /** The secret with a device in place of another; null: it is none of this till's. */
    secretOf: ({ proof, pairing }: Parameters<Succeeding['secretOf']>[0]): string | null => {
      const { successor } = proof.statement
      const isOurs = pairing?.statement.till === serialOf(privateKey())
      if (!isOurs || !successor?.agreement) return null
      return sharedSecret(privateKey(), successor.agreement, successor.device)
    },
    /** Keeps what it is told, the file that says so last; why not, where it cannot be. */
    keep: ({ till, unp, registerNumber, operatorKeys, office }: EnrolledView): string | null => {
      if (!till) return 'enrolment.no-device'
      const { pairing } = till
      const { serial, publicKey, agreement } = till.device
      const credential = sharedSecret(privateKey(), agreement, serial)
      if (credential === null) return 'pairing.refused'
      writeWhole(join(folder, ENROLLED_KEYS), operatorKeys)
      if (office) writeWhole(join(folder, TOLD_OFFICE_KEYS), office.keys)
      const device = { serial, unp, registerNumber, publicKey }
      const own = { device, credential, pairing, office }
      writeWhole(file, `${JSON.stringify(own)}\n`)
      return null
    },
  }
}
