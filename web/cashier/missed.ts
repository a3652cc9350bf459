/** Why a code did nothing, and the step that helps. */
export const reasons = {
  unknown: 'Товар не найден. Проверьте код или найдите товар по названию.',
  'no-code': 'Такого кода у товаров не бывает. Найдите товар по названию.',
  'no-answer': 'Касса не отвечает. Проверьте, что она включена, и отсканируйте снова.',
  'signed-out': 'Сначала войдите, потом отсканируйте снова.',
  dialog: 'Закончите с окном на экране и отсканируйте снова.',
  paying: 'Идёт оплата. Чтобы добавить товар, вернитесь к чеку и отсканируйте снова.',
  taken: 'Чек уже проводится. Дождитесь его конца и отсканируйте снова.',
  'shift-closed': 'Смена закрыта. Откройте её и отсканируйте снова.',
  elsewhere: 'Здесь код не нужен. Товары сканируют на экране «Продажа».',
  'no-uid': 'Это не УИ чека. Товары сканируют на экране «Продажа».',
  'no-receipt': 'Чека с таким УИ здесь нет.',
} as const

export type Why = keyof typeof reasons
export type Missed = { code: string; why: Why }

/** What was kept over a reload; what this page would not keep is left out. */
export function readMissed(value: unknown): Missed[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  return list.flatMap((each) => {
    const { code, why } = (each ?? {}) as { code?: unknown; why?: unknown }
    return typeof code === 'string' && isWhy(why) ? [{ code, why }] : []
  })
}

const isWhy = (value: unknown): value is Why =>
  typeof value === 'string' && Object.hasOwn(reasons, value)

/** The same code for the same reason stands once, where it came last; the newest first. */
export function counted(missed: readonly Missed[]): (Missed & { times: number })[] {
  const rows = new Map<string, Missed & { times: number }>()
  for (const { code, why } of missed) {
    const key = `${why} ${code}`
    const times = (rows.get(key)?.times ?? 0) + 1
    rows.delete(key)
    rows.set(key, { code, why, times })
  }
  return [...rows.values()].toReversed()
}
