import type { Facts } from '../api/facts.ts'
import type { NoticeCode } from '../register/message.ts'
import type { UploadTrouble } from '../register/upload.ts'
import { isDeviceFault } from '../sko/faults.ts'
import { refusalOfBank } from './bank.ts'
import { faultIn } from './device.ts'
import type { InEvery, Language } from './language.ts'
import { operationsBe } from './operations/be.ts'
import { operationsEn } from './operations/en.ts'
import { type OperationsWords, operationsRu } from './operations/ru.ts'

export const operationsWords: InEvery<OperationsWords> = {
  ru: operationsRu,
  be: operationsBe,
  en: operationsEn,
}

/** A state of an operation, or how it ended: what is told, and the step that helps. */
export type Told = { text: string; next: string }

/** What the cashier is told by a message of core/register/message.ts. */
export function messageIn(
  language: Language,
  { code, facts }: { code: string; facts: Facts },
): Told {
  const { messages, failed } = operationsWords[language]
  const { text, next } = endIn(language, { code, facts })
  return { text: Object.hasOwn(messages, code) ? text : failed(text), next }
}

/** The same where «Ошибка операции» stands above it already. */
export function endIn(language: Language, { code, facts }: { code: string; facts: Facts }): Told {
  const { messages, steps } = operationsWords[language]
  const say = own(messages, code)
  const text = say ? say(facts) : failureIn(language, { code, facts })
  return { text, next: facts.step ? steps[facts.step] : '' }
}

/** Why an operation came to nothing: our own code, the device's fault or the bank's answer. */
export function failureIn(
  language: Language,
  { code, facts }: { code: string; facts: Facts },
): string {
  const say = own(operationsWords[language].failures, code)
  if (say) return say(facts)
  if (facts.said !== undefined) return facts.said
  if (isDeviceFault(code)) return faultIn(language, code, facts)
  const [, answered] = /^bank\.(\d{3})$/.exec(code) ?? []
  return answered === undefined ? code : `${answered} ${refusalOfBank(language, answered)}`
}

/** A notice of core/register/message.ts. */
export function noticeIn(
  language: Language,
  { code, facts }: { code: NoticeCode; facts: Facts },
): { title: string; next: string } {
  const { notices } = operationsWords[language]
  if (code !== 'failed') return notices[code](facts)
  return notices.failed(facts, failureIn(language, { code: facts.code ?? '', facts }))
}

/** Why documents do not go. */
export function uploadIn(
  language: Language,
  { cause, code, isProbed }: Pick<UploadTrouble, 'cause' | 'code' | 'isProbed'>,
): Told {
  const { uploads } = operationsWords[language]
  const text = uploads.causes[cause]
  const next = uploads.steps[cause]
  if (cause === 'operator-silent' && !isProbed) return { text: uploads.operatorSilent, next }
  if (cause !== 'operator-rejects' || code === null) return { text, next }
  const isOperatorsOwn = code === 'register.blocked' || code === 'device.unknown'
  return {
    text: `${text}: ${own(uploads.rejections, code) ?? code}`,
    next: isOperatorsOwn ? uploads.callOperator : next,
  }
}

/** What a table has under a code that came from elsewhere. */
const own = <T>(table: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined
