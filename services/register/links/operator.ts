import { client, type Send } from '#core/api/client.ts'
import { operatorApi } from '#core/api/operator.ts'
import { questionText, type RedReceipts, type TillQuestion } from '#core/operator/asking.ts'
import { carriedText } from '#core/operator/carried.ts'
import type { Submitted } from '#core/operator/ingest.ts'
import {
  type AnswerStatement,
  type Attested,
  isAttested,
  type OutcomeStatement,
  type Pairing,
  type RetiredStatement,
  type SignedHead,
  type SignedMeasures,
  type StaffRef,
  type VerifyBy,
} from '#core/operator/statement.ts'
import { type AnswerGround, type AnswerSays, checkAnswer } from '#core/register/answer-check.ts'
import type { Operation, Signed } from '#core/register/operation.ts'
import { beliefInRetired, type DeviceIdentity } from '#core/register/replacement.ts'
import type { Moment } from '#core/time.ts'
import type { Log } from '#services/runtime/log.ts'
import type { OpenSealed } from './seal.ts'

/** R2: the operator says `done`, «cannot tell», or `never` once the number has passed it. */
export type OperatorVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'silent' | 'distrusted' }
  | { verdict: 'cannot-tell'; word: StaffSays | null }

/** What the operator's people say, in place of what its books do not tell (C2b). */
export type StaffSays = { says: AnswerSays & { staff: StaffRef }; answer: string }

/** What stands in the place of a device that was retired, as the operator signs it. */
export type Succession = { proof: Attested<RetiredStatement>; pairing: Attested<Pairing> | null }

export type OperatorLink = ReturnType<typeof openOperatorLink>

export type OperatorWire = {
  send: Send
  /** The till's device as it was enrolled. */
  device: DeviceIdentity
  /** Of a device that was replaced: the number at which its chain is sealed; null: it works. */
  sealedAt: number | null
  seals: OpenSealed
  /** The operator's keys, as they were enrolled. */
  verify: VerifyBy
  /** By the till's own key; base64. */
  ownSign: (text: string) => string
  /** Chance that no answer of before can carry. */
  nonce: () => string
  /** Hash of the register's own document under a number; null: it has none. */
  hashAt: (number: number) => string | null
  now: () => Moment
  /** Told whether an answer, or the document that it showed, passed its check (V1). */
  checked: (passed: boolean) => void
  log: Log
}

/**
 * The register's own line to the operator. What the operator did not sign, or did not sign in
 * answer to this very question, is no answer.
 */
export function openOperatorLink(wire: OperatorWire) {
  const { send, device, sealedAt, seals, verify, nonce, hashAt, now, checked, log } = wire
  const { serial: token, registerNumber } = device
  const operator = client(operatorApi, send)
  const believed = <P extends Attested<OutcomeStatement>>(
    proof: P | undefined,
    asked: Pick<OutcomeStatement, 'operation' | 'expected' | 'nonce' | 'verdict'>,
  ): proof is P => {
    const { statement } = proof ?? {}
    const passed =
      proof !== undefined &&
      isAttested(proof, verify) &&
      statement?.device === token &&
      statement.operation === asked.operation &&
      statement.expected === asked.expected &&
      statement.nonce === asked.nonce &&
      statement.verdict === asked.verdict
    checked(passed)
    return passed
  }
  /**
   * A number that was never the device's next proves nothing when it has been passed; nor does one
   * of other documents than these. That a device is retired says nothing of one that may yet speak
   * for itself; of one that was replaced the sealed chain is all there will ever be.
   */
  const proves = ({ guessed }: Operation, statement: OutcomeStatement): boolean => {
    const { sealed, expected } = statement
    if (sealedAt === null) {
      return (sealed === null || sealed >= expected) && !guessed && isOfChain(statement)
    }
    return sealed === sealedAt && (expected > sealed + 1 || isOfChain(statement))
  }
  /** The operator follows the same documents as the register up to the number expected. */
  const isOfChain = ({ expected, before }: OutcomeStatement): boolean => {
    const own = hashAt(expected - 1)
    return own === null || own === before
  }
  const heardOf = (operation: Operation, word: Attested<AnswerStatement>): StaffSays | null => {
    const ground: AnswerGround = { device: token, registerNumber, verify, hashAt, now: now() }
    const says = checkAnswer(operation, word, ground)
    if ('code' in says || says.staff === null) {
      log.error('answer distrusted', { by: 'operator', says: 'word' })
      return null
    }
    return { says: Object.assign({}, says, { staff: says.staff }), answer: carriedText(word) }
  }
  return Object.assign(openSuccessionLink(wire), openMeasuresLink(wire), {
    outcome: async (operation: Operation): Promise<OperatorVerdict> => {
      const { id, expected } = operation
      const asked = { operation: id, expected, nonce: nonce() }
      const answer = await operator.outcome({ device: token, ...asked })
      if (answer.kind !== 'done') return { verdict: 'silent' }
      const { verdict, proof } = answer.value
      if (!believed(proof, { operation: id, expected, nonce: asked.nonce, verdict })) {
        log.error('answer distrusted', { by: 'operator', verdict })
        return { verdict: 'distrusted' }
      }
      if (answer.value.verdict === 'done') {
        const opened = seals(answer.value.sealed, { operation })
        const passed = !('fault' in opened) && opened.sealed.hash === proof.statement.hash
        checked(passed)
        if (passed) return { verdict: 'done', signed: opened }
        const fault = 'fault' in opened ? opened.fault : 'another document'
        log.error('document distrusted', { by: 'operator', fault })
        return { verdict: 'distrusted' }
      }
      if (answer.value.verdict === 'never' && proves(operation, proof.statement)) {
        return { verdict: 'never' }
      }
      const word = 'word' in answer.value ? answer.value.word : undefined
      return { verdict: 'cannot-tell', word: word ? heardOf(operation, word) : null }
    },
  })
}

/** What is asked by the till's own key. */
function openMeasuresLink(wire: OperatorWire) {
  const { send, device, verify, ownSign, nonce, now, checked, log } = wire
  const { serial: token, registerNumber } = device
  const operator = client(operatorApi, send)
  return {
    /**
     * What stands against the register, as the operator signs it, asked by the till's own key;
     * null: no word of its own. `told`: what the operator learns by the question.
     */
    measures: async (told: RedReceipts): Promise<SignedMeasures | null> => {
      const asked = nonce()
      const ask = (at: Moment) => {
        const { red, redSince } = told
        const question: TillQuestion = { device: token, nonce: asked, at, red, redSince }
        const signature = ownSign(questionText(question))
        return operator.askMeasures(Object.assign({ signature }, question))
      }
      const first = await ask(now())
      // The operator's clock decides what is fresh; it may be told to anybody.
      const isOld = first.kind === 'refused' && first.code === 'till.unproven'
      const answer = isOld && first.facts.at !== undefined ? await ask(first.facts.at) : first
      if (answer.kind !== 'done') return null
      const { proof } = answer.value
      const passed =
        proof !== undefined &&
        isAttested(proof, verify) &&
        proof.statement.device === token &&
        proof.statement.registerNumber === registerNumber &&
        proof.statement.nonce === asked
      checked(passed)
      if (passed) return proof
      log.error('answer distrusted', { by: 'operator', says: 'measures' })
      return null
    },
  }
}

/** What shows the till to the successor is the operator's word as well, and about that one. */
const pairs = (
  pairing: Succession['pairing'],
  { statement }: Succession['proof'],
  verify: VerifyBy,
): boolean =>
  pairing === null ||
  (pairing.statement.device === statement.successor?.device && isAttested(pairing, verify))

/** What is asked and told of the device's own chain: how far it is held, and who succeeds it. */
function openSuccessionLink({ send, device, verify, nonce, hashAt, checked, log }: OperatorWire) {
  const { serial: token } = device
  const operator = client(operatorApi, send)
  const heldBy = (proof: SignedHead | undefined, asked: string | null): number | null => {
    const passed =
      proof !== undefined &&
      isAttested(proof, verify) &&
      proof.statement.device === token &&
      proof.statement.nonce === asked
    checked(passed)
    return passed ? proof.statement.number : null
  }
  return {
    /** Whether the device is retired, and what stands in its place; null: no word of its own. */
    succession: async (): Promise<{ is: 'at-work' } | ({ is: 'retired' } & Succession) | null> => {
      const asked = nonce()
      const answer = await operator.succession({ device: token, nonce: asked })
      if (answer.kind !== 'done') return null
      const { proof, pairing } = answer.value
      // Changes nothing, so that nobody needs to have signed it.
      if (proof === null) return { is: 'at-work' }
      const ground = { device, nonce: asked, hashAt, verify }
      const belief = pairs(pairing, proof, verify) ? beliefInRetired(proof, ground) : 'distrusted'
      checked(belief !== 'distrusted')
      if (belief === 'fits') return { is: 'retired', proof, pairing }
      log.error('answer distrusted', { by: 'operator', says: 'retired', belief })
      return null
    },
    /** Up to which number the operator holds the device's documents; null: no word of its own. */
    holds: async (): Promise<number | null> => {
      const asked = nonce()
      const answer = await operator.head({ device: token, nonce: asked })
      return answer.kind === 'done' ? heldBy(answer.value.proof, asked) : null
    },
    /**
     * Carries documents of a device that cannot do it itself, from the first that the operator
     * lacks on; their seals are the device's own. Answers up to where it holds them by now.
     */
    carry: async (documents: readonly Submitted[]): Promise<number | null> => {
      const answer = await operator.submit({ device: token, documents: [...documents] })
      return answer.kind === 'done' ? heldBy(answer.value.proof, null) : null
    },
    /** The operator answers at all, be it with a refusal: somebody else in its place does not. */
    answers: async (): Promise<boolean> => {
      const asked = nonce()
      const answer = await operator.head({ device: token, nonce: asked })
      if (answer.kind !== 'done') return answer.kind !== 'unsent' && answer.kind !== 'unknown'
      return heldBy(answer.value.proof, asked) !== null
    },
  }
}
