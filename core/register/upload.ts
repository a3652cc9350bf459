import { LONGEST_UNSENT } from '../sko/device.ts'
import { DAY, MINUTE } from '../time.ts'

/** What the register has found out about the way of its documents to the operator. */
export type UploadFacts = {
  /** Unsent documents and when the oldest was made, as the СКО last told. */
  unsent: number
  oldestAt: number | null
  /** Why the СКО's last try failed: `unreachable`, `silent`, `rejected: code`; null: it did not. */
  fault: string | null
  /** Something beyond the shop answers; null: nobody was asked. */
  internet: boolean | null
  /** The operator answers the register itself. */
  operator: boolean
  /** Since when both did so without a break; null: they do not. */
  soundSince: number | null
  now: number
}

export type UploadCause =
  | 'no-internet'
  | 'operator-silent'
  | 'operator-rejects'
  | 'unclear'
  | 'waiting'
export type UploadTrouble = {
  cause: UploadCause
  text: string
  next: string
  /** From the fifth day: when fiscal work will stop. */
  stopsAt: number | null
  /** It has stopped. */
  stopped: boolean
}

const WARN_AFTER = 4 * DAY
const SOON = 2 * MINUTE
const CALL_OPERATOR = 'Обратитесь к оператору программных касс, ООО «Настоящая Цифровая»'
const CALL_SUPPORT = 'Обратитесь в службу технической поддержки'

/** Refusals of ingest that the operator's people can explain and undo. */
const rejections: Record<string, string> = {
  'register.blocked': 'касса заблокирована оператором',
  'device.unknown': 'СКО не зарегистрировано у оператора',
  'seal.broken': 'подпись документа неверна',
  'document.gap': 'пропущен документ',
  'document.diverges': 'документ уже принят с другим содержанием',
  'document.chain': 'документ не продолжает принятый',
  'document.malformed': 'документ не разобран',
}
const operatorsOwn = new Set(['register.blocked', 'device.unknown'])

/** The cause told apart with the manual's next step (S5.3, R13); null while all is well. */
export function uploadTrouble(facts: UploadFacts): UploadTrouble | null {
  const { unsent, oldestAt, fault, now } = facts
  if (unsent === 0) return null
  const stopsAt =
    oldestAt !== null && now - oldestAt >= WARN_AFTER ? oldestAt + LONGEST_UNSENT : null
  if (fault === null && stopsAt === null) return null
  return { ...causeOf(facts), stopsAt, stopped: stopsAt !== null && now > stopsAt }
}

function causeOf({
  fault,
  internet,
  operator,
  soundSince,
  now,
}: UploadFacts): Omit<UploadTrouble, 'stopsAt' | 'stopped'> {
  const [, code] = /^rejected: (.+)$/.exec(fault ?? '') ?? []
  if (code !== undefined) {
    return {
      cause: 'operator-rejects',
      text: `Оператор не принимает документы: ${rejections[code] ?? code}`,
      next: operatorsOwn.has(code) ? CALL_OPERATOR : CALL_SUPPORT,
    }
  }
  if (internet === false) {
    return {
      cause: 'no-internet',
      text: 'Нет подключения к интернету',
      next: 'Проверьте подключение: после его восстановления документы уйдут сами',
    }
  }
  if (!operator) {
    return {
      cause: 'operator-silent',
      text:
        internet === null
          ? 'Оператор не отвечает. Проверьте подключение к интернету'
          : 'Интернет есть, но оператор не отвечает',
      next: CALL_OPERATOR,
    }
  }
  // The courier tries again in its own time: what has just mended is no case for the support.
  if (fault === null || soundSince === null || now - soundSince < SOON) {
    return { cause: 'waiting', text: 'Документы ждут отправки', next: 'Не выключайте кассу и СКО' }
  }
  return {
    cause: 'unclear',
    text: 'Интернет есть, оператор отвечает, но документы не уходят',
    next: CALL_SUPPORT,
  }
}
