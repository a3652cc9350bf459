import { client, type Send } from '#core/api/client.ts'
import { officeApi } from '#core/api/office.ts'
import { answersTill, type SignedLease } from '#core/billing/lease.ts'
import { type TillReport, tillReportText } from '#core/card/till-report.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import type { Log } from '#services/runtime/log.ts'

export type OfficeLink = ReturnType<typeof openOfficeLink>

export type OfficeWire = {
  send: Send
  /** Of the till, as it stands in its contract. */
  serial: string
  /** Of the shop, as it is set up here. */
  unp: string
  version: string
  /** The office's keys, as they were enrolled. */
  verify: VerifyBy
  /** Chance that no answer of before can carry. */
  nonce: () => string
  /** Told whether an answer passed its check (V1). */
  checked: (passed: boolean) => void
  /** The till's own key: its public half, PEM, and what signs by it. */
  ownKey: string
  ownSign: (text: string) => string
  now: () => number
  log: Log
}

/** The register's line to billing: what the office did not sign in answer to this is no answer. */
export function openOfficeLink(wire: OfficeWire) {
  const { serial, unp, version, verify, checked, log } = wire
  const { ownKey: key, ownSign, now } = wire
  const office = client(officeApi, wire.send)
  return {
    /** `held`: the last answer, so that an office that was put back learns of it. */
    lease: async (held: SignedLease | null): Promise<SignedLease | null> => {
      const asked = { serial, unp, nonce: wire.nonce() }
      const shown = held === null ? {} : { held }
      const answer = await office.lease(Object.assign({ version }, asked, shown))
      if (answer.kind !== 'done') return null
      const passed = answersTill(answer.value, asked, verify)
      checked(passed)
      if (passed) return answer.value
      log.error('answer distrusted', { by: 'office' })
      return null
    },
    /** What became of operations: nothing that is answered to it is relied on for good. */
    report: (told: Told) => {
      const report = Object.assign({ says: 'report' as const, serial, unp, at: now() }, told)
      const signature = ownSign(tillReportText(report))
      const words = [...told.words]
      return office.report({ report: Object.assign(report, { words }), key, signature })
    },
  }
}

type Told = Omit<TillReport, 'says' | 'serial' | 'unp' | 'at'>
