import { type FindingKind, findingKinds } from '#core/operator/finding.ts'
import { type RegisterState, registerStates } from '#core/operator/health.ts'

/** What is looked for among all registers; the address keeps it, so that a view can be saved. */
export type FleetFilter = { search: string; state: RegisterState | ''; unp: string }

/** Which findings are looked at; a register's number as it is typed. */
export type FindingsFilter = { kind: FindingKind; register: string }

/** Nothing, or whole digits that a register's number can be. */
export const isRegisterText = (text: string): boolean => /^\s*([1-9]\d{0,8})?\s*$/.test(text)

/** What is looked for in the audit trail. */
export type ActsFilter = {
  what: string
  person: string
  register: string
  unp: string
  day: string
}

/** A screen of the operator's people. */
export type StaffRoute =
  | { at: 'fleet'; filter: FleetFilter }
  | { at: 'register'; register: number }
  | { at: 'clients'; search: string }
  | { at: 'findings'; filter: FindingsFilter }
  | { at: 'acts'; filter: ActsFilter }
  | { at: 'overview' | 'people' | 'own' }
  | { at: 'connect'; code: string }
export type StaffSection =
  | 'overview'
  | 'fleet'
  | 'clients'
  | 'findings'
  | 'connect'
  | 'acts'
  | 'people'
  | 'own'

/** The screen of an address; the overview when the address says nothing. */
export function staffRouteOf(hash: string): StaffRoute {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [at, id = ''] = path.split('/')
  const asked = new URLSearchParams(query)
  const text = (name: string) => asked.get(name) ?? ''
  if (at === '' || at === 'overview') return { at: 'overview' }
  if (at === 'people' || at === 'own') return { at }
  if (at === 'connect') return { at, code: text('code') }
  if (at === 'clients') return { at, search: text('search') }
  if (at === 'findings') {
    const kind = findingKinds.find((each) => each === text('kind')) ?? 'fork'
    return { at, filter: { kind, register: text('register') } }
  }
  if (at === 'acts') {
    const [what, person, register] = [text('what'), text('person'), text('register')]
    return { at, filter: { what, person, register, unp: text('unp'), day: text('day') } }
  }
  if (at === 'fleet' && /^\d{1,9}$/.test(id)) return { at: 'register', register: Number(id) }
  const state = registerStates.find((each) => each === text('state')) ?? ''
  return { at: 'fleet', filter: { search: text('search'), state, unp: text('unp') } }
}

/** Which section of the menu a screen belongs to. */
export const sectionOf = ({ at }: StaffRoute): StaffSection => (at === 'register' ? 'fleet' : at)
