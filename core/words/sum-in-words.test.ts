import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kopecks, MAX_SUM } from '../money.ts'
import { sumInWords } from './sum-in-words.ts'

const told: Record<'ru' | 'be', Record<number, string>> = {
  ru: {
    0: 'Ноль белорусских рублей 00 копеек',
    101: 'Один белорусский рубль 01 копейка',
    202: 'Два белорусских рубля 02 копейки',
    1111: 'Одиннадцать белорусских рублей 11 копеек',
    2900: 'Двадцать девять белорусских рублей 00 копеек',
    2100021: 'Двадцать одна тысяча белорусских рублей 21 копейка',
    200214: 'Две тысячи два белорусских рубля 14 копеек',
    100000122: 'Один миллион один белорусский рубль 22 копейки',
    31201990: 'Триста двенадцать тысяч девятнадцать белорусских рублей 90 копеек',
  },
  be: {
    0: 'Нуль беларускіх рублёў 00 капеек',
    101: 'Адзін беларускі рубель 01 капейка',
    202: 'Два беларускія рублі 02 капейкі',
    2900: 'Дваццаць дзевяць беларускіх рублёў 00 капеек',
    2100021: 'Дваццаць адна тысяча беларускіх рублёў 21 капейка',
    200214: 'Дзве тысячы два беларускія рублі 14 капеек',
    100000122: 'Адзін мільён адзін беларускі рубель 22 капейкі',
  },
}

test('a sum is written out with the forms of its language', () => {
  for (const language of ['ru', 'be'] as const) {
    for (const [sum, text] of Object.entries(told[language])) {
      assert.equal(sumInWords(language, kopecks(Number(sum))), text)
    }
  }
})

test('the largest sum is written out whole', () => {
  const text = sumInWords('ru', MAX_SUM)
  assert.match(text, /^Девяносто девять миллиардов девятьсот девяносто девять миллионов /)
  assert.match(text, /девять белорусских рублей 99 копеек$/)
})
