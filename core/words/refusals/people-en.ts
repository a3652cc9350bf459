import type { peopleRefusalsRu } from './people-ru.ts'
import type { Say } from './say.ts'

/** Refusals about the people of a shop and their roles. */
export const peopleRefusalsEn: Record<keyof typeof peopleRefusalsRu, Say> = {
  'administrator.known': () => ({
    message: 'This till has an administrator already',
    next:
      'Sign in under that name; ' +
      'if it was not you who named them, call whoever installed the till',
  }),
  'administrator.elsewhere': () => ({
    message: 'The first administrator is named at the till itself',
    next: 'Open this page in the till’s own browser',
  }),
  'person.exists': () => ({
    message: 'There is somebody of this name already',
    next: 'Call this person so that nobody mixes them up: add a surname, say',
  }),
  'person.changed': () => ({
    message: 'This person was changed while they were open',
    next: 'Open them again: that shows what they have become',
  }),
  'people.last': () => ({
    message: 'This is the last one who may keep the people',
    next: 'Give the right “People” to somebody else first',
  }),
  'role.exists': () => ({
    message: 'There is a role of this name already',
    next: 'Give it another name',
  }),
  'role.unknown': () => ({
    message: 'There is no such role',
    next: 'Choose a role of the list',
  }),
  'role.in-use': () => ({
    message: 'The role is somebody’s',
    next: 'Give those who have it another role first, disabled people too',
  }),
  'role.usual': () => ({
    message: 'This role cannot be removed',
    next: 'Every till has it: change its rights, or give it to nobody',
  }),
  'role.changed': () => ({
    message: 'The role was changed while it was open',
    next: 'Open it again: that shows what it has become',
  }),
  'pin.taken': () => ({
    message: 'Somebody else has this PIN already',
    next: 'Think of another one',
  }),
}
