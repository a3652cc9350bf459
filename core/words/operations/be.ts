import type { Facts, HelpStep } from '../../api/facts.ts'
import type { Kind, ListedKind } from '../../document/kinds.ts'
import { formatMoney, ZERO } from '../../money.ts'
import { printedMoment } from '../../time.ts'
import { bankBe } from '../bank/be.ts'
import { measuresBe } from '../measures/be.ts'
import type { OperationsWords } from './ru.ts'

const kinds: Record<ListedKind, string> = {
  'shift-opening': 'Адкрыццё змены',
  sale: 'Продаж',
  refund: 'Вяртанне',
  annulment: 'Ануляванне',
  deposit: 'Унясенне',
  withdrawal: 'Выманне',
  'shift-closing': 'Закрыццё змены',
  correction: 'Аварыйная карэкцыя',
}

/** As it stands in «Аперацыя … не завершана». */
const genitives: Record<Kind, string> = {
  'shift-opening': 'адкрыцця змены',
  sale: 'продажу',
  refund: 'вяртання',
  annulment: 'анулявання',
  deposit: 'унясення',
  withdrawal: 'вымання',
  'shift-closing': 'закрыцця змены',
}
const genitive = (kind: Facts['kind']): string =>
  kind === undefined || kind === 'correction' ? '' : genitives[kind]

const titleOf = ({ kind = 'sale' }: Facts): string => kinds[kind]
const what = (facts: Facts): string =>
  (facts.sum ?? 0) > 0 ? `${titleOf(facts)} на ${formatMoney(facts.sum ?? 0)}` : titleOf(facts)

const ASK_OPERATOR = 'Звяжыцеся з аператарам ПКС для ўдакладнення стану аперацыі'
const CORRECT = 'Адміністратар праводзіць «Аварыйную карэкцыю сумы наяўных у БД» ў «Абслугоўванні»'

/** What undoing the bank's part means: a purchase gives money back, a refund takes it again. */
const undoing = ({ kind }: Facts) =>
  kind === 'sale'
    ? {
        now: 'грошы вяртаюцца на картку',
        anew: 'калі тавар у пакупніка, прыміце аплату зноў',
        held: 'Вяртанне грошай на картку чакае праверкі: дакумента быць не павінна',
      }
    : {
        now: 'вяртанне на картку скасоўваецца',
        anew: 'правядзіце яго зноў',
        held: 'Скасаванне вяртання на картку чакае праверкі: дакумента быць не павінна',
      }

const otherSum = ({ sum, told }: Facts): string => {
  const asked = formatMoney(sum ?? ZERO)
  return typeof told === 'number'
    ? `Банк ухваліў ${formatMoney(told)} замест ${asked}: чэк не аформлены`
    : `Банк ухваліў не ${asked} у рублях: чэк не аформлены`
}

const notMoved = ({ kind }: Facts): string =>
  kind === 'sale' ? 'грошы з карткі не спісаны' : 'грошы на картку не вернуты'

/** Why an operation came to nothing, by its code. */
const failures: OperationsWords['failures'] = {
  'shift.blocked': measuresBe.blockedBecause,
  'operation.never': ({ by }) =>
    `${by === 'operator' ? 'Аператар' : 'СКА'} пацвердзіў, што дакумента няма`,
  'operation.denied': ({ reason, person }) => {
    const by = person === undefined ? '' : `, вырашыў аператар (${person})`
    return `Адзначана няўдалай${reason === 'unproved' ? ', пакуль не праверана' : ''}${by}`
  },
  'operation.given-up': () => 'Аперацыя не выканана: каманда не дайшла да СКА',
  'bank.unreachable': (facts) => `Банк недаступны, ${notMoved(facts)}`,
  'bank.never': (facts) => `Банк пацвердзіў, што ${notMoved(facts)}`,
  'card.cancelled': () => 'Аплата карткай скасавана да чытання карткі',
  'card.late': ({ kind }) =>
    kind === 'sale'
      ? 'Картка не была прыкладзена своечасова'
      : 'Аперацыя перапынена да звароту ў банк',
  'card.no-reader': () => 'Няма сувязі з тэрміналам',
}

/** What a state says, where it is no failure. */
const messages: OperationsWords['messages'] = {
  'shift.warned': measuresBe.warnedBecause,
  'sko.lost': () => 'Адбылася страта сувязі з СКА! Праверце падключэнне і націсніце Працягнуць',
  'operation.asking': () => 'Адказ не атрыманы. Каса ўдакладняе вынік аперацыі',
  'operation.red': ({ reason, kind }) => {
    if (reason === 'bank-unknown') {
      return 'Аперацыя на ПКС не выканана. Звяжыцеся з банкам для ўдакладнення стану аперацыі'
    }
    if (reason !== 'discrepancy') return ASK_OPERATOR
    const found = 'Выяўлена разыходжанне наяўных у БД і СКА'
    return `Аперацыя ${genitive(kind)} не завершана. ${found}. ${ASK_OPERATOR}`
  },
  'operation.held': (facts) => undoing(facts).held,
  'operation.reversing': (facts) => `Аперацыя скасавана, ${undoing(facts).now}`,
  'bank.other-sum': (facts) => otherSum(facts),
  'operation.unproved': () => 'Аперацыя адзначана паспяховай уручную і яшчэ не праверана',
  'operation.attested': ({ person }) =>
    `Аперацыя паспяховая паводле адказу аператара${of(person)}, сам дакумент яшчэ не атрыманы`,
  'operation.disproved': () => 'Аперацыя адзначана паспяховай, але яе дакумента няма',
}

const REPEATED = 'Рабіць нічога не трэба: каса паўтарае адмену, пакуль банк яе не пацвердзіць'
const CHECK_COUNTERS = 'Зверце лічыльнікі змены з аператарам ПКС'
const CHECK_LINE = 'Праверце падключэнне да інтэрнэту і паўтарыце'

const steps: Record<HelpStep, string> = {
  'wait-window': measuresBe.opensItself,
  'call-operator': measuresBe.callOperator,
  'connect-sko': 'Падключыце СКА і націсніце «Працягнуць»',
  'wait-seconds': 'Пачакайце некалькі секунд, рабіць нічога не трэба',
  'ask-operator': 'Запыт аператару ПКС з’яўляецца абавязковым',
  'ask-bank': 'Даведайцеся ў банку, ці прайшла аперацыя',
  'money-later': 'Каса верне грошы сама, як толькі гэта пацвердзіць СКА або аператар',
  'undoing-later': 'Каса скасуе яго сама, як толькі гэта пацвердзіць СКА або аператар',
  nothing: REPEATED,
  'nothing-check-counters': `${REPEATED}. ${CHECK_COUNTERS}`,
  'nothing-other-means': `${REPEATED}. Правядзіце аплату іншай карткай або наяўнымі`,
  'will-be-checked': 'Каса праверыць яе сама, як толькі адкажа СКА або аператар',
  'document-to-come': 'Каса атрымае дакумент сама, як толькі адкажа СКА або аператар',
  'check-counters': CHECK_COUNTERS,
  'check-line': CHECK_LINE,
  'check-line-or-cash': `${CHECK_LINE} або прыміце наяўныя`,
  again: 'Паўтарыце аперацыю',
  'remove-cause': 'Выпраўце прычыну і паўтарыце аперацыю',
  'refund-instead': 'Аформіце «Вяртанне» па гэтым чэку',
  'call-bank': 'Патэлефануйце ў банк-эквайр: вярнуць на гэтую картку ён не змог',
  'other-card': 'Прапануйце іншую картку або прыміце наяўныя',
  correct: CORRECT,
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
// «СКА» keeps its capitals.
const lower = (text: string): string =>
  /^[А-ЯЁІЎ][а-яёіў]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

const LOST = 'Адказ быў страчаны, каса высветліла вынік сама'
const numbered = ({ number }: Facts): string => `дакумент № ${number ?? ''}`
const clearedAs = (why: string): string =>
  `${LOST}: ${why}. Калі аперацыя патрэбна, правядзіце яе нанова`

/** Who of the operator's people it was. */
const of = (person: Facts['person']): string => (person === undefined ? '' : ` (${person})`)
const wrong = ({ person }: Facts): string =>
  person === undefined ? 'Уведзеныя ўручную' : `Указаныя аператарам (${person})`
const denied = ({ person }: Facts): string =>
  person === undefined
    ? 'Аперацыя была адзначана няўдалай'
    : `Аператар (${person}) прызнаў аперацыю няўдалай`

/** How an operation ended without a person, or against her word; `why`: of a failure, in words. */
const notices: OperationsWords['notices'] = {
  registered: (facts: Facts) => ({
    title: `${what(facts)}: аперацыя паспяховая`,
    next: `${LOST}: ${numbered(facts)} пацвердзіў ${facts.by === 'operator' ? 'аператар' : 'СКА'}`,
  }),
  failed: (facts: Facts, why: string) => ({
    title: `${what(facts)}: аперацыя не праведзена`,
    next: clearedAs(lower(why)),
  }),
  undone: (facts: Facts) => ({
    title: `${what(facts)}: аперацыя не праведзена`,
    next: clearedAs(`дакумента няма, ${undoing(facts).now}`),
  }),
  'staff-registered': (facts: Facts) => ({
    title: `${what(facts)}: аперацыя паспяховая, ${numbered(facts)}`,
    next: `Так вырашыў аператар${of(facts.person)}. Каса праверыць гэта сама, як толькі зможа`,
  }),
  'staff-failed': (facts: Facts) => ({
    title: `${what(facts)}: аперацыя не праведзена`,
    next: [
      `Так вырашыў аператар${of(facts.person)}. Каса праверыць гэта сама, як толькі зможа`,
      ...(facts.means?.includes('card') ? [undoing(facts).held] : []),
    ].join('. '),
  }),
  'adopted-otherwise': (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} ёсць у СКА`,
    next: `${wrong(facts)} даныя былі няправільныя. Чэк запісаны па даных дакумента`,
  }),
  adopted: (facts: Facts) => ({
    title: `${what(facts)}: ${numbered(facts)} ёсць у СКА`,
    next: `${denied(facts)}, але дакумент ёсць. Чэк зноў у «Спісе чэкаў»`,
  }),
  contradicted: (facts: Facts) => ({
    title: `${what(facts)}: дакумента няма, хоць аперацыя адзначана паспяховай`,
    next: [
      ...(facts.means?.includes('card')
        ? [`${upper(undoing(facts).now)}: ${undoing(facts).anew}`]
        : []),
      ...(facts.means?.includes('cash') ? [CORRECT] : []),
    ].join('. '),
  }),
  'other-sum': (facts: Facts) => ({
    title: `${titleOf(facts)}. ${otherSum(facts)}`,
    next: `${upper(undoing(facts).now)}. Рабіць нічога не трэба: каса паўтарае адмену сама`,
  }),
  unreversed: (facts: Facts) => ({
    title: `${what(facts)}: банк не скасаваў аперацыю, код ${facts.code ?? ''}`,
    next: 'Патэлефануйце ў банк-эквайр: грошы на картку верне ён',
  }),
}

const CALL_OPERATOR = 'Звярніцеся да аператара праграмных кас, ТАА «Настоящая Цифровая»'
const CALL_SUPPORT = 'Звярніцеся ў службу тэхнічнай падтрымкі'

const uploads: OperationsWords['uploads'] = {
  causes: {
    'no-internet': 'Няма падключэння да інтэрнэту',
    'operator-silent': 'Інтэрнэт ёсць, але аператар не адказвае',
    'operator-rejects': 'Аператар не прымае дакументы',
    'operator-distrusted': 'Аператар не прайшоў праверку',
    'operator-diverged': 'Каса разышлася з аператарам',
    'operator-forgot': 'Аператар страціў частку прынятых дакументаў',
    unclear: 'Інтэрнэт ёсць, аператар адказвае, але дакументы не адыходзяць',
    waiting: 'Дакументы чакаюць адпраўкі',
  },
  steps: {
    'no-internet': 'Праверце падключэнне: пасля яго аднаўлення дакументы пойдуць самі',
    'operator-silent': CALL_OPERATOR,
    'operator-rejects': CALL_SUPPORT,
    'operator-distrusted': CALL_OPERATOR,
    'operator-diverged': CALL_OPERATOR,
    'operator-forgot': 'Каса перадае іх зноў сама. Не выключайце касу і СКА',
    unclear: CALL_SUPPORT,
    waiting: 'Не выключайце касу і СКА',
  },
  /** Nobody tells whether there is internet. */
  operatorSilent: 'Аператар не адказвае. Праверце падключэнне да інтэрнэту',
  callOperator: CALL_OPERATOR,
  /** Refusals of ingest. */
  rejections: {
    'register.blocked': 'каса заблакіравана аператарам',
    'device.unknown': 'СКА не зарэгістраваны ў аператара',
    'device.retired': 'СКА выведзена з працы ў аператара',
    'seal.broken': 'подпіс дакумента няправільны',
    'document.gap': 'прапушчаны дакумент',
    'document.diverges': 'дакумент ужо прыняты з іншым зместам',
    'document.chain': 'дакумент не працягвае прыняты',
  },
}

const distrusted: OperationsWords['distrusted'] = {
  sko: {
    title: 'СКА не прайшло праверку',
    next: `Каса не верыць такім адказам, чэк па іх не аформіць. ${CALL_OPERATOR}`,
  },
  operator: {
    title: 'Аператар не прайшоў праверку',
    next: `Каса не верыць такім адказам. ${CALL_OPERATOR}`,
  },
  bank: {
    title: 'Банк не прайшоў праверку',
    next: 'Каса не верыць такім адказам. Не прымайце карткі, патэлефануйце ў банк-эквайр',
  },
  office: {
    title: 'Білінг не прайшоў праверку',
    next: 'Каса не верыць такім адказам. Звярніцеся ў СТАА "ЭКСКАТ-БЕЛ"',
  },
}

const OTHER_AT_OPERATOR = 'У аператара іншыя дакументы гэтага СКА, каса спынена. Не мяняйце СКА.'
const LACKING_IN_SKO = 'У СКА няма дакументаў, якія ўжо аформлены, каса спынена. Не мяняйце СКА.'

const diverged: OperationsWords['diverged'] = {
  operator: {
    title: 'Каса разышлася з аператарам',
    next: `${OTHER_AT_OPERATOR} ${CALL_OPERATOR}`,
  },
  sko: {
    title: 'СКА разышлося з касай',
    next: `${LACKING_IN_SKO} ${CALL_OPERATOR}`,
  },
}

/** What a discrepancy comes from. */
const cause = (facts: Facts): string => {
  const named = `${titleOf(facts)} ${printedMoment(facts.at ?? 0)}`
  return facts.reason === 'not-in-register'
    ? `${named}: дакумент № ${facts.number} ёсць у СКА, няма ў БД`
    : `${named}: адзначана паспяховай, але дакумента няма`
}

type Movement = { kind: keyof typeof bankBe.kinds; sum: number }
const movement = ({ kind, sum }: Movement, reversal: boolean): string => {
  const title = bankBe.kinds[kind]
  return `${reversal ? `${bankBe.reversal} (${title})` : title} на ${formatMoney(sum)}`
}

/** One transaction for which a business day is out of balance. */
const difference = (found: {
  bank: Movement | null
  terminal: Movement | null
  reversal: boolean
}): string => {
  const { bank, terminal, reversal } = found
  if (bank && terminal) {
    return `${movement(bank, reversal)} у банку, ${movement(terminal, reversal)} у тэрмінале`
  }
  if (bank) return `${movement(bank, reversal)} ёсць у банку, але не ў тэрмінале`
  return terminal ? `${movement(terminal, reversal)} ёсць у тэрмінале, але не ў банку` : ''
}

export const operationsBe: OperationsWords = {
  kinds,
  means: { cash: 'Наяўныя', card: 'Картка', other: 'Іншае' },
  units: { piece: 'шт', pack: 'уп', kg: 'кг', g: 'г', l: 'л', m: 'м', m2: 'м²', m3: 'м³' },
  what,
  messages,
  failures,
  failed: (why: string) => `Памылка аперацыі. ${why}`,
  /** The title that `failed` begins with, where a page has the rest apart. */
  failure: 'Памылка аперацыі',
  steps,
  notices,
  uploads,
  distrusted,
  diverged,
  cause,
  difference,
  evidence: {
    device: {
      done: 'дакумент ёсць',
      never: 'дакумента няма і не будзе',
      lacks: 'дакумента няма',
      busy: 'яшчэ не можа адказаць',
      away: 'няма сувязі',
      silent: 'не адказвае',
      distrusted: 'не прайшло праверку',
    },
    operator: {
      done: 'дакумент ёсць',
      never: 'дакумента няма',
      'cannot-tell': 'дакумент яшчэ не атрыманы',
      silent: 'не адказвае',
      distrusted: 'не прайшоў праверку',
    },
    bank: {
      approved: 'аперацыя ўхвалена',
      reversed: 'аперацыя адменена',
      declined: 'адмовіў',
      never: 'аперацыі няма',
      silent: 'не адказвае',
    },
  },
  cards: {
    asked: 'Удакладняецца',
    approved: 'Ухвалена',
    declined: 'Адхілена',
    'not-made': 'Не праведзена',
    reversed: 'Тэхнічная адмена',
    unreversed: 'Банк не адмяніў',
  },
}
