import { formatMoney, type Kopecks } from '../money.ts'

// Sums as papers write them out (GOST names of numbers), in the two languages of papers.

type Gender = 'masculine' | 'feminine'
type Counted = readonly [one: string, few: string, many: string]
type NumberWords = {
  zero: string
  small: Record<Gender, readonly string[]>
  tens: readonly string[]
  hundreds: readonly string[]
  /** Thousands, millions, milliards; the first are feminine. */
  groups: readonly Counted[]
  rouble: Counted
  kopeck: Counted
}

const teensRu =
  'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать ' +
  'восемнадцать девятнадцать'
const smallRu = `три четыре пять шесть семь восемь девять ${teensRu}`
const teensBe =
  'дзесяць адзінаццаць дванаццаць трынаццаць чатырнаццаць пятнаццаць шаснаццаць семнаццаць ' +
  'васямнаццаць дзевятнаццаць'
const smallBe = `тры чатыры пяць шэсць сем восем дзевяць ${teensBe}`

const listed = (text: string): string[] => text.split(' ')

const words: Record<'ru' | 'be', NumberWords> = {
  ru: {
    zero: 'ноль',
    small: {
      masculine: ['', 'один', 'два', ...listed(smallRu)],
      feminine: ['', 'одна', 'две', ...listed(smallRu)],
    },
    tens: [
      '',
      '',
      ...listed('двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'),
    ],
    hundreds: [
      '',
      ...listed('сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'),
    ],
    groups: [
      ['тысяча', 'тысячи', 'тысяч'],
      ['миллион', 'миллиона', 'миллионов'],
      ['миллиард', 'миллиарда', 'миллиардов'],
    ],
    rouble: ['белорусский рубль', 'белорусских рубля', 'белорусских рублей'],
    kopeck: ['копейка', 'копейки', 'копеек'],
  },
  be: {
    zero: 'нуль',
    small: {
      masculine: ['', 'адзін', 'два', ...listed(smallBe)],
      feminine: ['', 'адна', 'дзве', ...listed(smallBe)],
    },
    tens: [
      '',
      '',
      ...listed('дваццаць трыццаць сорак пяцьдзясят шэсцьдзясят семдзесят восемдзесят дзевяноста'),
    ],
    hundreds: [
      '',
      ...listed('сто дзвесце трыста чатырыста пяцьсот шэсцьсот семсот восемсот дзевяцьсот'),
    ],
    groups: [
      ['тысяча', 'тысячы', 'тысяч'],
      ['мільён', 'мільёны', 'мільёнаў'],
      ['мільярд', 'мільярды', 'мільярдаў'],
    ],
    rouble: ['беларускі рубель', 'беларускія рублі', 'беларускіх рублёў'],
    kopeck: ['капейка', 'капейкі', 'капеек'],
  },
}

/** «Один белорусский рубль 05 копеек»: roubles in words, kopecks in digits; from zero on. */
export function sumInWords(language: 'ru' | 'be', sum: Kopecks): string {
  const { zero, rouble, kopeck } = words[language]
  const [roubles, kopecks] = [Math.floor(sum / 100), sum % 100]
  const named = roubles === 0 ? zero : groupsOf(language, roubles)
  const digits = formatMoney(kopecks).slice(-2)
  const text = [named, counted(rouble, roubles), digits, counted(kopeck, kopecks)].join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function groupsOf(language: 'ru' | 'be', whole: number): string {
  const { groups } = words[language]
  const parts: string[] = []
  for (let rest = whole, place = 0; rest > 0; rest = Math.floor(rest / 1000), place++) {
    const number = rest % 1000
    if (number === 0) continue
    const group = groups[place - 1]
    const named = upToThousand(language, number, place === 1 ? 'feminine' : 'masculine')
    parts.unshift(group ? `${named} ${counted(group, number)}` : named)
  }
  return parts.join(' ')
}

function upToThousand(language: 'ru' | 'be', number: number, gender: Gender): string {
  const { small, tens, hundreds } = words[language]
  const below = number % 100
  const low = small[gender]
  const pair = below < 20 ? [low[below]] : [tens[Math.floor(below / 10)], low[below % 10]]
  return [hundreds[Math.floor(number / 100)], ...pair].filter((each) => each).join(' ')
}

/** East Slavic forms: 1, 21 one; 2–4, 22 few; 0, 5–20 many. */
function counted([one, few, many]: Counted, number: number): string {
  const below = number % 100
  if (below >= 11 && below <= 14) return many
  const last = number % 10
  if (last === 1) return one
  return last >= 2 && last <= 4 ? few : many
}
