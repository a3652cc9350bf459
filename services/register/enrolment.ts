import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { type EnrolledView, pairing } from '#core/api/operator-enrolment.ts'
import { newDeviceKey, publicHalf, sharedSecret } from '#services/runtime/device-keys.ts'
import { makeFolder, readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import { ENROLLED_KEYS } from '#services/runtime/operator-keys.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { type OwnDevice, ownDevice } from './links/seal.ts'

/** What a till works with: its device, the secret of the two, and what shows it to the device. */
export type TillEnrolment = {
  device: OwnDevice
  credential: string
  /** Null: the secret was given to both by hand. */
  pairing: z.output<typeof pairing> | null
}

const kept = z.object({ device: ownDevice, credential: z.string().min(1), pairing })

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
    privateKey,
    /** The till's serial number, which follows from its key. */
    serial: (): string => `K-${sha256(publicHalf(privateKey())).slice(0, 12).toUpperCase()}`,
    /** What it was told; null: it is not enrolled. Throws where the file is damaged. */
    read: (): TillEnrolment | null => {
      const text = readWhole(file)
      return text === null ? null : kept.parse(parseJson(text))
    },
    /** Keeps what it is told, the file that says so last; why not, where it cannot be. */
    keep: ({ till, unp, registerNumber, operatorKeys }: EnrolledView): string | null => {
      const { device, pairing } = till ?? {}
      if (!device || !pairing) return 'enrolment.no-device'
      const { serial, publicKey, agreement } = device
      const credential = sharedSecret(privateKey(), agreement, serial)
      if (credential === null) return 'pairing.refused'
      writeWhole(join(folder, ENROLLED_KEYS), operatorKeys)
      const own = { device: { serial, unp, registerNumber, publicKey }, credential, pairing }
      writeWhole(file, `${JSON.stringify(own)}\n`)
      return null
    },
  }
}
