import type { Say } from './say.ts'

/** Refusals about the people of a shop and their roles. */
export const peopleRefusalsRu = {
  'person.exists': () => ({
    message: 'Сотрудник с таким именем уже есть',
    next: 'Назовите его так, чтобы его не путали: например, добавьте фамилию',
  }),
  'person.changed': () => ({
    message: 'Сотрудника изменили, пока он был открыт',
    next: 'Откройте его заново: здесь видно, каким он стал',
  }),
  'people.last': () => ({
    message: 'Это последний, кто может вести сотрудников',
    next: 'Сначала дайте право «Сотрудники» кому-нибудь ещё',
  }),
  'role.exists': () => ({
    message: 'Роль с таким названием уже есть',
    next: 'Назовите её иначе',
  }),
  'role.unknown': () => ({
    message: 'Такой роли нет',
    next: 'Выберите роль из списка',
  }),
  'role.changed': () => ({
    message: 'Роль изменили, пока она была открыта',
    next: 'Откройте её заново: здесь видно, какой она стала',
  }),
  'pin.taken': () => ({
    message: 'Такой PIN уже есть у другого сотрудника',
    next: 'Придумайте другой',
  }),
} satisfies Record<string, Say>
