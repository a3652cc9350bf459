import type { ControlsWords } from './ru.ts'

export const controlsEn: ControlsWords = {
  hideMessage: 'Hide the message',
  dot: 'Point',
  erase: 'Erase',
  digits: 'Digits',
  space: 'Space',
  qr: (text) => `QR code: ${text}`,
  loading: 'Loading…',
  retry: 'Try again',
  language: 'Language',
  age: {
    lessThanMinute: 'less than a minute',
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
    days: (count) => `${count} d`,
  },
}
