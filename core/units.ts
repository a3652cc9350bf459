/** What goods are sold by. */
export const units = ['piece', 'pack', 'kg', 'g', 'l', 'm', 'm2', 'm3'] as const
export type Unit = (typeof units)[number]

const whole: readonly Unit[] = ['piece', 'pack']

/** There is no part of one: only whole numbers of it are sold. */
export const isWhole = (unit: Unit): boolean => whole.includes(unit)
