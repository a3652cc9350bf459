import {
  type FinancialAnswer,
  type InquiryAnswer,
  type ListingAnswer,
  type NetworkAnswer,
  type ReconciliationAnswer,
  type ReversalAnswer,
  readFinancialAnswer,
  readInquiryAnswer,
  readListingAnswer,
  readNetworkAnswer,
  readReconciliationAnswer,
  readReversalAnswer,
} from '#core/card/answer.ts'
import type { Movement } from '#core/card/business-day.ts'
import {
  type Financial,
  type Inquiry,
  type Listing,
  type Mark,
  type Network,
  type Reconciliation,
  type Reversal,
  type Terminal,
  type TerminalRequest,
  writeRequest,
} from '#core/card/request.ts'
import type { Message } from '#core/iso8583/codec.ts'
import type { Exchanged } from '#services/runtime/frame-client.ts'
import {
  newNonce,
  sealMessage,
  type TerminalKey,
  unsealMessage,
} from '#services/runtime/line-seal.ts'

/** A frame goes out, and comes back as an answer or not; see `frameSend`. */
export type Exchange = (
  bytes: Uint8Array,
  isAnswer: (frame: Uint8Array) => boolean,
) => Promise<Exchanged>

/**
 * `unsent`: provably never left; `silent`: anything else that is no answer. `isForged`: somebody
 * answered, and it was not the bank (V1).
 */
export type BankHeard<A> = A | { kind: 'unsent' } | { kind: 'silent'; isForged?: boolean }

export type AcquirerLink = ReturnType<typeof openAcquirerLink>

/** The bank's host as the terminal speaks to it: ISO 8583, one line a question. */
export function openAcquirerLink({
  exchange,
  inquire = exchange,
  terminal,
  key,
  mark,
  checked = () => {},
}: {
  /** For what a customer waits for, and for questions that nobody should wait for long. */
  exchange: Exchange
  inquire?: Exchange | undefined
  terminal: Terminal
  /** What terminal and bank share, read anew for each message; null: it is not there. */
  key: () => TerminalKey | null
  /** An answer came: whether it is from the bank, and to what was asked (V1). */
  checked?: ((passed: boolean) => void) | undefined
  /** A fresh STAN for a question that leaves no trace at the bank. */
  mark: () => Mark
}) {
  const ask = async <A extends { kind: string }>(
    {
      request,
      as = mark(),
      over = inquire,
    }: { request: TerminalRequest; as?: Mark; over?: Exchange },
    read: (asked: Message, got: Message) => A | { kind: 'foreign' },
  ): Promise<BankHeard<Exclude<A, { kind: 'foreign' }>>> => {
    const asked = writeRequest({ terminal, mark: as, request })
    const held = key()
    const by = held && { key: held, nonce: newNonce() }
    if (!by) return { kind: 'unsent' }
    const encoded = sealMessage(asked, by, 'asks')
    // What does not fit the wire, or has no key to be sealed with, cannot leave.
    if (encoded.kind !== 'bytes') return { kind: 'unsent' }
    let answer: A | { kind: 'foreign' } = { kind: 'foreign' }
    let isForged = false
    const got = await over(encoded.bytes, (frame) => {
      const opened = unsealMessage(frame, by, 'answers')
      isForged = opened.kind !== 'message'
      checked(!isForged)
      // Whoever has taken the bank's place is not waited for, and decides nothing.
      if (opened.kind !== 'message') return true
      answer = read(asked, opened.message)
      return answer.kind !== 'foreign'
    })
    if ('unsent' in got) return { kind: 'unsent' }
    return isRead(answer) ? answer : { kind: 'silent', isForged }
  }
  const isRead = <A extends { kind: string }>(
    answer: A | { kind: 'foreign' },
  ): answer is Exclude<A, { kind: 'foreign' }> => answer.kind !== 'foreign'
  return {
    financial: (request: Financial, as: Mark): Promise<BankHeard<FinancialAnswer>> =>
      ask({ request, as, over: exchange }, readFinancialAnswer),
    reverse: (request: Reversal, as: Mark): Promise<BankHeard<ReversalAnswer>> =>
      ask({ request, as }, readReversalAnswer),
    inquire: (request: Inquiry): Promise<BankHeard<InquiryAnswer>> =>
      ask({ request }, readInquiryAnswer),
    reconcile: (request: Reconciliation): Promise<BankHeard<ReconciliationAnswer>> =>
      ask({ request }, readReconciliationAnswer),
    /** Is the bank there, and is it the bank? */
    echo: (): Promise<BankHeard<NetworkAnswer>> =>
      ask({ request: { kind: 'echo' } satisfies Network }, readNetworkAnswer),
    /** All movements of a day as the bank has them; null: it does not tell. */
    movements: async (day: number): Promise<Movement[] | null> => {
      const movements: Movement[] = []
      for (let after: number | null = 0; after !== null; ) {
        const request: Listing = { kind: 'listing', day, after }
        const page: BankHeard<ListingAnswer> = await ask({ request }, readListingAnswer)
        // A list that does not go on has no end.
        if (page.kind !== 'listed' || (page.after ?? Number.MAX_VALUE) <= after) return null
        movements.push(...page.movements)
        after = page.after
      }
      return movements
    },
  }
}
