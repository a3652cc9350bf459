import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { officeApi } from '#core/api/office.ts'
import { type TillReport, tillReportText } from '#core/card/till-report.ts'
import { isAttested } from '#core/operator/statement.ts'
import { isSignedBy, readPublicKey, serialOfKey } from '#services/runtime/device-keys.ts'
import type { OfficePorts } from './ports.ts'
import { contractOf, equipmentBySerial } from './store/contracts.ts'
import { heldPlace, reportKey, takeReport } from './store/till-words.ts'

/**
 * What tills report of their operations with a card. A till is known by its own key: its serial
 * number follows from it, or the office keeps the first one that it was shown (0054).
 */
export function reportHandlers(
  ports: OfficePorts,
): Handlers<Pick<typeof officeApi, 'report'>, null> {
  const { db, clock, log, believesOperator = () => false } = ports
  return {
    report: async ({ report, key, signature }) => {
      const { serial } = report
      if (!isSignedBy(key, tillReportText(report), signature)) return refused('report.unproven')
      const row = await equipmentBySerial(db, serial)
      const contract = row?.contract ? await contractOf(db, row.contract) : null
      // Whose trade it is the office's own books say, and nothing that a till tells of itself.
      if (!contract || contract.unp !== report.unp) return refused('report.unproven')
      if (!(await isOfTill(ports, serial, key))) {
        log.error('report by another key', { serial })
        return refused('report.unproven')
      }
      const stored = report.stored && isAttested(report.stored, believesOperator)
      const believed: TillReport = Object.assign({}, report, stored ? {} : { stored: null })
      const by = { serial, unp: contract.unp, now: clock.now() }
      const taken = await takeReport(db, believed, by)
      return done({ taken, held: await heldPlace(db, serial) })
    },
  }
}

async function isOfTill({ db }: OfficePorts, serial: string, shown: string): Promise<boolean> {
  const key = readPublicKey(shown, 'ed25519')
  if (key === null) return false
  return serialOfKey(key) === serial || (await reportKey(db, serial, key)) === key
}
