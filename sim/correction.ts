import { type Desk, get, post } from './desk.ts'

/** §4: the administrator is called, gets the present figures and corrects by them. */
export async function correct(desk: Desk): Promise<void> {
  const { dice } = desk
  const administrator: Desk = { ...desk, role: 'administrator' }
  const told = await get(administrator, '/api/facts')
  const discrepancy = told?.status === 200 ? Number(told.body.discrepancy ?? 0) : 0
  if (discrepancy === 0) return
  const isStale = !desk.careful && dice.chance(0.2)
  const request = { id: dice.uuid(), discrepancy: discrepancy + (isStale ? 1 : 0) }
  if (dice.chance(0.1)) {
    const bold = await post({ ...desk, role: 'cashier' }, '/api/corrections', request)
    if (bold?.status === 200) desk.shop.state.broken ??= 'a cashier corrected (S4.3)'
  }
  await post(administrator, '/api/corrections', request)
}
