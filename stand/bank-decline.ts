import { acquirerApi } from '#core/api/acquirer.ts'
import { client } from '#core/api/client.ts'
import { readWhole } from '#services/runtime/durable-file.ts'
import { httpSend } from '#services/runtime/send.ts'
import type { OpenFaults } from './faults.ts'
import { openTurns } from './turns.ts'

const DEADLINE_MS = 2000

/**
 * Carries `bank.decline` between the faults and the bank: a code that the bank has not heard is
 * told to it, one that it has heard is asked after, for the bank alone knows whether it was given.
 * A bank that does not answer changes nothing; it is told when it answers again.
 */
export function openBankDecline(
  bank: { url: string; tokenFile: string },
  faults: Pick<OpenFaults, 'decline' | 'declineIs'>,
) {
  const inTurn = openTurns()
  const settle = async (): Promise<void> => {
    const wished = faults.decline()
    const { code, told } = wished
    if (told && code === null) return
    const token = (readWhole(bank.tokenFile) ?? '').trim()
    const headers = { authorization: `Bearer ${token}` }
    const send = httpSend(bank.url, { deadlineMs: DEADLINE_MS, headers })
    const api = client(acquirerApi, send)
    const answer = told ? await api.ordered({}) : await api.decline({ code })
    send.close()
    // What was wished meanwhile has a turn of its own.
    if (answer.kind !== 'done' || faults.decline() !== wished) return
    faults.declineIs('code' in answer.value ? answer.value.code : code)
  }
  return { settle: () => inTurn(settle) }
}
