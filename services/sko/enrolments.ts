import { join } from 'node:path'
import type { Send } from '#core/api/client.ts'
import type { EnrolledView, Enrolling } from '#core/api/operator-enrolment.ts'
import { newDevice } from '#core/sko/device.ts'
import { newDeviceKey, publicHalf } from '#services/runtime/device-keys.ts'
import { makeFolder, writeWhole } from '#services/runtime/durable-file.ts'
import { openEnrolling } from '#services/runtime/enrolling.ts'
import type { Log } from '#services/runtime/log.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { KeyFiles } from './keys.ts'
import type { SkoStore } from './store.ts'

/**
 * Makes the devices that are wanted and are not there, each a key file (0008). Where none is wanted
 * a service without any makes one for itself, whose number follows from its key.
 */
export function makeDevices(
  folder: string,
  { wanted, store, keys }: { wanted: readonly string[]; store: SkoStore; keys: KeyFiles },
): void {
  makeFolder(folder)
  const known = [...store.serials(), ...keys.serials()]
  const make = (serialOf: (key: string) => string) => {
    const key = newDeviceKey()
    writeWhole(join(folder, `${serialOf(key)}.pem`), key)
  }
  for (const serial of wanted.filter((each) => !known.includes(each))) make(() => serial)
  if (wanted.length === 0 && known.length === 0) make(chanceSerial)
}

const chanceSerial = (key: string): string =>
  `VSK${sha256(publicHalf(key)).slice(0, 13).toUpperCase()}`

/** How devices that are key files alone are connected. */
export type Joining = KeyFiles & {
  /** Hash of the PIN that foreign clients show. */
  pin: string
  /** Keeps the operator's public keys, PEM. */
  keepKeys: (pem: string) => void
}

type EnrolmentsPort = {
  store: SkoStore
  joining: Joining | null
  send: Send
  elapsed: () => number
  chance: () => number
  /** The device is at work from now on. */
  enrolled: (serial: string) => void
  /** Repeats a step until it answers null. */
  run: (step: () => Promise<number | null>) => void
  log: Log
}

const nobodyJoins: Joining = {
  serials: () => [],
  privateKey: () => null,
  pin: '',
  keepKeys: () => {},
}

/** Devices that ask the operator to be connected, each in its own time. */
export function openEnrolments(port: EnrolmentsPort) {
  const { store, log } = port
  const joining = port.joining ?? nobodyJoins
  const asking = new Map<string, ReturnType<typeof openEnrolling>>()
  const ask = (serial: string, enrolled: (view: EnrolledView) => string | null): void => {
    const privateKey = joining.privateKey(serial)
    if (privateKey === null || asking.has(serial)) return
    const { send, elapsed, chance } = port
    const asker = { send, kind: 'sko', serial, privateKey, elapsed, chance, enrolled, log } as const
    const enrolling = openEnrolling(asker)
    asking.set(serial, enrolling)
    port.run(async () => {
      const restMs = await enrolling.step()
      if (restMs === null) asking.delete(serial)
      return restMs
    })
  }
  const begin = (serial: string, view: EnrolledView): string | null => {
    // It made documents before: beginning anew it would give their numbers a second time (V3).
    if (view.number > 0) return 'enrolment.store-lost'
    joining.keepKeys(view.operatorKeys)
    const { company, unp, place, address, registerNumber, lastShift } = view
    const issuer = { company, unp, place, address, registerNumber, device: serial }
    const device = newDevice(issuer, lastShift)
    store.enrol({ serial, device, pin: joining.pin, credential: null })
    log.info('connected', { serial, registerNumber })
    port.enrolled(serial)
    return null
  }
  return {
    /** Begins with the devices that are keys alone so far. */
    start: (): void => {
      const known = new Set(store.serials())
      for (const serial of joining.serials()) {
        if (!known.has(serial)) ask(serial, (view) => begin(serial, view))
      }
    },
    /**
     * The operator says that it does not know the device: its books may be lost. Whoever says so
     * is believed nothing by it, so that nothing of what it tells is taken over.
     */
    again: (serial: string): void => ask(serial, () => null),
    views: (): Enrolling[] => [...asking.values()].map(({ view }) => view()),
  }
}
