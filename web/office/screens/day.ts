/** “2026-11-27” as people read it: “27.11.2026”. */
export const shownDay = (day: string): string => day.split('-').toReversed().join('.')
