import type { Facts } from '../../api/facts.ts'
import type { FieldFault } from '../../api/field-fault.ts'
import { formatQuantity } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { deviceEn } from '../device/en.ts'
import { markFaultsEn } from '../marking/en.ts'
import type { FieldsWords } from './ru.ts'

const types: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

const faults: Record<FieldFault, (facts: Facts) => string> = {
  missing: () => 'is missing',
  'wrong-type': ({ name = '' }) => (types[name] ? `must be ${types[name]}` : 'does not fit'),
  'too-small': ({ limit }) => `must be at least ${limit}`,
  'too-big': ({ limit }) => `must be at most ${limit}`,
  'too-short': ({ limit }) => (limit === 1 ? 'must not be empty' : `is shorter than ${limit}`),
  'too-long': ({ limit }) => `is longer than ${limit}`,
  'not-one-of': ({ options = [] }) => `must be one of: ${options.join(', ')}`,
  'unknown-field': () => 'there is no such field',
  malformed: () => 'does not fit',
  repeated: () => 'the name stands twice',
  'too-deep': ({ limit }) => `is nested deeper than ${limit}`,
  unwritable: () => 'has a character that cannot be stored',
  unprintable: () => 'has a line break or a direction mark, which cannot be printed',
  'body-too-big': ({ limit }) => `the body is larger than ${limit} bytes`,
  'body-not-json': () => 'the body is not JSON',
  'type-not-json': () => 'JSON alone is taken, content-type: application/json',
  'body-not-object': () => 'the body must be a JSON object',
  uuid: () => 'must be a UUID',
  uid: () => 'must be 24 hexadecimal characters',
  time: () => 'must be HH:MM or HH:MM:SS',
  'day-missing': () => 'the day of this time is missing',
  'place-unknown': () => 'there is no such place in the list',
  'sum-missing': () => 'name the sum',
  'name-missing': () => 'the name is missing',
  'price-missing': () => 'the price is missing',
  'goods-code': () => 'a code is written in digits, Latin letters and signs, without spaces',
  picture: () => 'this is no PNG picture of 128 × 128',
  'goods-unknown': () => 'there are no such goods',
  'goods-code-unknown': ({ code }) => `goods with the code ${code} are not found`,
  'code-of-other-goods': () => 'this is the code of other goods',
  'whole-pieces': () => 'a whole number of pieces is needed',
  'label-weight': ({ limit = 0 }) => `the label says ${formatQuantity(limit)}`,
  ...markFaultsEn,
  'not-sold': ({ fault }) => deviceEn.faults[fault as DeviceFault] ?? 'cannot be sold like this',
  'receipt-number': () => 'Receipt No.: a whole number is needed, such as 15',
  'receipt-moment': () => 'Date and time: a date and time such as 24.11.2026 18:30 are needed',
  'receipt-uid': () => 'UI: 24 characters are needed: digits and letters from A to F',
  'operator-answer': () =>
    'The operator’s answer was not read whole: scan it again or paste all its digits',
  'decline-code': () => 'must be a code by which no money is charged, such as 126',
  'fault-field-unknown': ({ name }) => `“${name}” has no such field`,
  'fault-value-missing': () => 'a value is needed',
  'backup-number': () => 'must be the number of a copy',
  'backup-unknown': () => 'there is no such copy',
  'terminal-unknown': () => 'there is no such terminal',
  'ends-before-start': () => 'the end must be after the start and still ahead',
  'pin-digits': () => '4 to 16 digits are needed',
  'pin-repeats': () => 'the digits repeat: such a PIN is guessed first',
  'pin-sequence': () => 'the digits go in a row: such a PIN is guessed first',
  'pin-date': () => 'it looks like a date or a year: such a PIN is guessed first',
  day: () => 'a day like 2026-11-24 is needed',
  'release-unsigned': () => 'the file is signed by other keys, or by fewer than it takes',
  'release-not-next': () => "the file's version has to follow the one before",
  'release-expired': () => 'the file has expired already',
  'release-archive': () => 'the archive that the file names is not here: send the archive first',
  'release-version': () => 'the file names one version twice',
  'release-required': () =>
    'the file lists neither the required version nor a newer one: take the requirement back first',
  'version-unpublished': () => 'no release of this version is published',
  'version-stale': () => 'the list of versions has expired: publish one that was signed anew',
  'day-past': () => 'this day has passed already',
  'day-too-near': () => 'too near a day: prices that were shown stand for two weeks',
  taken: () => 'there is one already',
  'too-many': ({ limit }) => `no more than ${limit} are kept: remove one`,
  unknown: () => 'there is none such',
  'not-last': () => 'undo the prices of this tariff that follow it first',
  host: () => 'a network address is needed: a name or an IP, without port and “//”',
  'device-path': () => 'a device file is needed, such as /dev/usb/lp0 or /dev/ttyUSB0',
  'mail-address': () => 'one address like name@mail.by is needed',
  'too-far-ahead': () => 'the clock would go forward by more than a hundred years',
}

export const fieldsEn: FieldsWords = {
  faults,
  names: { number: 'Receipt No.', at: 'Date and time', uid: 'UI' },
}
