import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { demoShop } from '#core/demo/shop.ts'
import { makeFolder, readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import { keyPlaces } from '../pulled-device.ts'

// A shop that is enrolled by lists in its data folder, as versions before did it: their folders go
// on so, and tests that need no more than a till at work begin so (0029).

export type ByHand = ReturnType<typeof byHandFiles>

/** The files that the processes read; see their settings. */
export const byHandFiles = (data: string) => ({
  devices: join(data, 'sko', 'devices.json'),
  device: join(data, 'register', 'sko-device.json'),
  credential: join(data, 'register', 'sko-secret'),
})

type DemoDevice = { serial: string; registerNumber: number; till: boolean }

const seeded = z.object({
  devices: z.array(z.object({ serial: z.string(), publicKey: z.string() })),
})

/**
 * Makes keys of devices, the till's secret and the lists that SKO and register read; what is there
 * stays. `known`: what the operator's seed has to say of the devices.
 */
export function enrolByHand(data: string, { devices, pin }: Wanted) {
  for (const folder of ['register', 'sko', 'sko/keys', 'stand']) makeFolder(join(data, folder))
  const files = byHandFiles(data)
  // Of a version before, which sent it in clear.
  rmSync(join(data, 'register', 'sko-credential'), { force: true })
  const credential = readWhole(files.credential) ?? newToken()
  writeChanged(files.credential, credential)
  writeChanged(files.devices, json(skoDevices(credential, { devices, pin })))
  const known = devices.map(({ serial, registerNumber }) => ({
    serial,
    registerNumber,
    publicKey: publicKeyOf(serial, data),
  }))
  const [till] = known
  writeChanged(files.device, json(Object.assign({ unp: demoShop.unp }, till)))
  return { files, known }
}

type Wanted = { devices: readonly DemoDevice[]; pin: string }

const skoDevices = (credential: string, { devices, pin }: Wanted) =>
  devices.map(({ serial, registerNumber, till }) => ({
    serial,
    registerNumber,
    ...demoShop,
    pin,
    ...(till && { credentialSha256: sha256(credential) }),
  }))

/**
 * A device that the operator already knows keeps its key for ever, even while its key file is away
 * (a device pulled out): a new key would break the chain of its documents.
 */
function publicKeyOf(serial: string, data: string): string {
  const seed = join(data, 'stand', 'operator-seed.json')
  const [path, away] = keyPlaces(data, serial)
  const pem = readWhole(path) ?? readWhole(away)
  if (pem !== null) return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  const known = seeded
    .safeParse(JSON.parse(readWhole(seed) ?? 'null'))
    .data?.devices.find((device) => device.serial === serial)
  if (known) return known.publicKey
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return publicKey.export({ type: 'spki', format: 'pem' }).toString()
}

/** As the seeds are written. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Writes only what is new: a file that stays as it was keeps its date. */
export function writeChanged(path: string, text: string): void {
  if (readWhole(path) !== text) writeWhole(path, text)
}
