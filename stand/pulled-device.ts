import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder, moveFile } from '#services/runtime/durable-file.ts'

const placeOf = (data: string, serial: string) => join(data, 'sko', 'keys', `${serial}.pem`)
const awayOf = (data: string, serial: string) => join(data, 'stand', 'pulled-out', `${serial}.pem`)

/** Where the key of a device may lie: in its place, or put aside while it is pulled out. */
export const keyPlaces = (data: string, serial: string): [string, string] => [
  placeOf(data, serial),
  awayOf(data, serial),
]

/**
 * Pulls a device out and plugs it in: a virtual device is its key file (decision 0008). Where the
 * file lies is the only record of it, so that no restart can part the two.
 */
export function openPulledDevice(data: string, serial: string) {
  const [place, away] = keyPlaces(data, serial)
  const isPulledOut = () => !existsSync(place) && existsSync(away)
  return {
    isPulledOut,
    pullOut: (): void => {
      if (isPulledOut()) return
      makeFolder(dirname(away))
      moveFile(place, away)
    },
    plugIn: (): void => {
      if (isPulledOut()) moveFile(away, place)
    },
  }
}

export type PulledDevice = ReturnType<typeof openPulledDevice>
