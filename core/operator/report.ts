import { DOMAIN } from './enrolment.ts'

/**
 * What a device tells of itself beside its documents: how far it has come, since when its oldest
 * unsent document waits, and its version. For people to see; nothing of money follows from it.
 */
export type DeviceReport = {
  device: string
  /** Of the last document that it made. */
  number: number
  oldestUnsentAt: number | null
  version: string
  /** When it was told: an older one changes nothing. */
  at: number
}

/** The text that the device signs. */
export const reportText = ({ device, number, oldestUnsentAt, version, at }: DeviceReport) =>
  JSON.stringify([DOMAIN, 'report', device, number, oldestUnsentAt, version, at])

/** Unsent documents by the last report and by what is stored since. */
export const unsentBy = (reported: number | null, stored: number): number | null =>
  reported === null ? null : Math.max(0, reported - stored)
