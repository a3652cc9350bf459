import type { Facts, Reason } from '../../api/facts.ts'
import { formatMoney } from '../../money.ts'
import type { DeviceFault } from '../../sko/faults.ts'
import { printedMoment } from '../../time.ts'
import { deviceBe } from '../device/be.ts'
import { fieldsBe } from '../fields/be.ts'
import { measuresBe } from '../measures/be.ts'
import { operationsBe } from '../operations/be.ts'
import { rightsBe } from '../rights/be.ts'
import { backupRefusalsBe } from './backups-be.ts'
import { enrolmentRefusalsBe } from './enrolment-be.ts'
import { importRefusalsBe } from './import-be.ts'
import { officeRefusalsBe } from './office-be.ts'
import { peopleRefusalsBe } from './people-be.ts'
import type { Reasons, RefusalsWords } from './ru.ts'
import type { Say } from './say.ts'
import { sellingRefusalsBe } from './selling-be.ts'
import { updateRefusalsBe } from './updates-be.ts'

const plain =
  (message: string, next: string): Say =>
  () => ({ message, next })

const money = ({ sum }: Facts) => formatMoney(sum ?? 0)
const title = ({ kind }: Facts) => (kind ? operationsBe.kinds[kind] : 'Аперацыя')
const document = (facts: Facts) => `«${title(facts)}» № ${facts.number ?? '…'} на ${money(facts)}`
const existing = (facts: Facts) =>
  `${document(facts)} ${facts.by === 'operator' ? 'у аператара' : 'у СКА'}`
const seconds = ({ waitMs = 0 }: Facts) => `Паўтарыце праз ${Math.ceil(waitMs / 1000)} с`
const moment = ({ at }: Facts) => printedMoment(at ?? 0)
const fieldName = ({ field }: Facts): string =>
  field === 'number' || field === 'at' || field === 'uid' ? fieldsBe.names[field] : (field ?? '')

const lineName = ({ name }: Facts) => (name === undefined ? 'Увесь чэк' : `«${name}»`)

const all: Reasons = {
  'not-sale': () => 'гэта не продаж',
  'not-made': () => 'продаж не праведзены',
  'not-checked': () => 'яго дакумент яшчэ не правераны',
  'not-by-card': () => 'банк не пацвярджаў яго аплату',
  'other-shift': () => 'гэты чэк іншай змены',
  'no-such-goods': () => 'такога тавару ў чэку няма',
  worthless: ({ name }) => `${name ?? '…'}: вяртаць няма чаго`,
  'too-much-by-card': (facts) => `Карткай можна аплаціць не больш за ${money(facts)}`,
  'other-number': ({ number }) => `у гэтай аперацыі дакумент № ${number ?? '…'}`,
  'other-moment': (facts) => `дакумент складзены ${moment(facts)}`,
  'other-document': (facts) => `гэта ${document(facts)}, а не дакумент гэтай аперацыі`,
  'other-uid': () => 'у дакумента гэтай аперацыі іншы УІ',
  'other-register': () => 'гэта УІ іншай касы',
  'known-uid': (facts) => `гэта ${document(facts)}, ён ужо ёсць у касе`,
  'known-number': (facts) => `пад гэтым нумарам у касе ${document(facts)}`,
  'too-low': ({ expected }) => `чакаецца № ${expected ?? '…'} або большы`,
  'begun-later': (facts) => `аперацыя пачата пазней, ${moment(facts)}`,
  'other-price': (facts) => `${lineName(facts)}: цана ${money(facts)} не з каталога`,
  'not-in-catalogue': (facts) => `${lineName(facts)}: назва, код ці стаўка ПДВ не з каталога`,
  'over-limit': (facts) => `${lineName(facts)}: зніжка ці нацэнка большая за ${facts.limit ?? 0} %`,
  'not-yours': () => 'Даць і забраць можна толькі тыя правы, якія ёсць у вас саміх',
  'not-yet-come': () => 'гэты час яшчэ не надышоў',
}
const reasons: Partial<Record<Reason, (facts: Facts) => string>> = all
const why = (facts: Facts, otherwise: string): string =>
  facts.said ?? (facts.reason ? (reasons[facts.reason]?.(facts) ?? otherwise) : otherwise)
const tail = (text: string | undefined): string => (text ? `: ${text}` : '')

const TO_OPERATOR = 'Звярніцеся да аператара праграмных кас'

const register = {
  'operation.red': (facts) => ({
    message: `Вынік аперацыі «${title(facts)}» на ${money(facts)} невядомы («чырвоны чэк»)`,
    next: 'Адкрыйце чэк і ўдакладніце аперацыю, пасля гэтага праца працягнецца',
  }),
  'operation.open': (facts) => ({
    message: `Аперацыя «${title(facts)}» на ${money(facts)} яшчэ не завершана`,
    next: 'Дачакайцеся яе завяршэння або адкрыйце чэк',
  }),
  'operation.differs': plain(
    'Аперацыя з гэтым нумарам ужо ёсць, але з іншымі данымі',
    'Пачніце аперацыю нанова',
  ),
  'operation.unknown': plain('Такой аперацыі няма', 'Знайдзіце чэк у «Спісе чэкаў»'),
  'shift.closed': plain('Змена не адкрыта', 'Адкрыйце змену'),
  'shift.opened': plain('Змена ўжо адкрыта', 'Працягвайце працу'),
  'shift.over24h': plain(
    'Змена доўжыцца больш за 24 гадзіны. Магчыма толькі закрыццё змены',
    'Правядзіце выманне наяўных і закрыйце змену',
  ),
  'shift.blocked': (facts) => ({
    message: measuresBe.blockedBecause(facts),
    next: measuresBe.callOperator,
  }),
  'drawer.not-empty': (facts) => ({
    message: `У касе ${money(facts)} наяўных. Перад закрыццём змены правядзіце «Выманне»`,
    next: 'Правядзіце выманне на ўсю суму і закрыйце змену',
  }),
  'drawer.not-enough': (facts) => ({
    message: `У касе толькі ${money(facts)} наяўных`,
    next: 'Паменшыце суму або правядзіце «Унясенне»',
  }),
  'drawer.full': (facts) => ({
    message: `У касе стала б ${money(facts)} наяўных, гэта больш за найбольшую суму`,
    next: 'Паменшыце суму або правядзіце «Выманне»',
  }),
  'carried.differs': (facts) =>
    (facts.sum ?? 0) === 0
      ? { message: 'Наяўныя ранейшага СКА ўжо ўнесены', next: 'Рабіць нічога не трэба' }
      : {
          message: `Наяўных ранейшага СКА да ўнясення: ${money(facts)}`,
          next: 'Унясіце іх адной аперацыяй, усю суму',
        },
  'shift.full': plain('Лічыльнікі змены запоўнены', 'Правядзіце выманне наяўных і закрыйце змену'),
  discrepancy: (facts) => {
    const more = (facts.sum ?? 0) < 0 ? 'у БД больш, чым у СКА' : 'у СКА больш, чым у БД'
    return {
      message: `Выяўлена разыходжанне наяўных у БД і СКА: ${money(facts)} (${more})`,
      next: operationsBe.steps.correct,
    }
  },
  'sko.retired': plain(
    'СКА выведзена з працы ў аператара: яго дакументы больш не прымаюцца',
    'Падключыце новае СКА да гэтай касы ў кабінеце аператара: каса пяройдзе на яго сама',
  ),
  'operator.diverged': plain(
    'Каса разышлася з аператарам: у яго іншыя дакументы гэтага СКА. Праца спынена',
    'Звярніцеся да аператара праграмных кас, СКА не мяняйце',
  ),
  'sko.diverged': plain(
    'СКА разышлося з касай: у ім няма дакументаў, якія ўжо аформлены. Праца спынена',
    'Звярніцеся да аператара праграмных кас, СКА не мяняйце',
  ),
  'unsent.over7days': plain(
    'Дакументы не перадаюцца аператару больш за 7 сутак. Праца спынена',
    'Ліквідуйце прычыну, названую ў «Памылцы перадачы дакументаў»: праца працягнецца сама',
  ),
  'sko.away': plain('Няма сувязі з СКА', 'Праверце падключэнне СКА і паўтарыце'),
  'sko.refused': (facts) => ({
    message: `СКА адмовіў: ${why(facts, 'прычына не названа')}`,
    next: 'Выпраўце даныя і паўтарыце. Калі адмова паўтараецца, звярніцеся ў тэхпадтрымку',
  }),
  'operation.failed': (facts) => ({
    message: `Памылка аперацыі. ${why(facts, '')}`.trim(),
    next: 'Зверце лічыльнікі змены ў «Атрымаць даныя», пры сумневе звяжыцеся з аператарам ПКС',
  }),
  'basis.missing': plain(
    'Не названы чэк, па якім праводзіцца аперацыя',
    'Адкрыйце чэк у «Спісе чэкаў» і пачніце з яго',
  ),
  'basis.wrong': (facts) => ({
    message: `Па гэтым чэку аперацыя немагчымая: ${why(facts, 'гэта не продаж')}`,
    next: 'Адкрыйце ў «Спісе чэкаў» продаж і пачніце з яго',
  }),
  'basis.not-last': (facts) => {
    const { number } = facts
    const after =
      number === undefined ? undefined : `пасля гэтага чэка ёсць дакумент № ${number ?? '…'}`
    const only = 'Ануляваць можна толькі апошні плацежны дакумент бягучай змены'
    return {
      message: `${only}${tail(after ?? why(facts, ''))}`,
      next: 'Аформіце «Вяртанне» па гэтым чэку',
    }
  },
  'basis.annulled': plain(
    'Гэты чэк ужо ануляваны',
    'Рабіць нічога не трэба: ануляванне стаіць у «Спісе чэкаў»',
  ),
  'basis.unproved': plain(
    'Ранейшае вяртанне гэтага чэка яшчэ не праверана',
    'Вярніце сувязь з СКА і паўтарыце: каса праверыць яго сама',
  ),
  'basis.exhausted': (facts) => ({
    message: `Нельга вярнуць больш, чым засталося па чэку${tail(why(facts, facts.name ?? ''))}`,
    next: 'Паменшыце колькасць або праверце ранейшыя вяртанні гэтага чэка',
  }),
  'payment.wrong': (facts) => ({
    message: why(
      facts,
      deviceBe.faults[facts.fault as DeviceFault] ?? 'Аплата не сыходзіцца з сумай чэка',
    ),
    next: 'Выпраўце аплату',
  }),
  'goods.unknown': ({ code }) => ({
    message: `Тавар не знойдзены${tail(code)}`,
    next: 'Праверце код або знайдзіце тавар па назве',
  }),
  'goods.code-taken': ({ code = '', name }) => ({
    message: name ? `Код ${code} ужо ёсць у тавару «${name}»` : 'Такі код ужо ёсць у іншага тавару',
    next: 'Прыбярыце код у аднаго з двух тавараў',
  }),
  'goods.changed': plain(
    'Тавар змянілі, пакуль ён быў адкрыты',
    'Адкрыйце яго нанова: тут відаць, якім ён стаў',
  ),
  'grant.void': plain(
    'Дазвол на гэты чэк больш не дзейнічае',
    'Выпраўце чэк, або няхай яго зноў дазволіць той, хто мае права',
  ),
  'card.no-terminal': plain(
    'Карткі не прымаюцца: тэрмінал не падключаны',
    'Прыміце аплату наяўнымі',
  ),
  'card-day.none': plain('Аперацый па картках пасля апошняй зверкі не было', 'Звяраць няма чаго'),
  'card-day.unknown': plain(
    'Банк не ведае бізнес-дня, які звяраецца: падобна, яго даныя вярнулі да ранейшай копіі',
    'Патэлефануйце ў банк; зверка паўторыцца сама і назаве аперацыі, якіх ён не памятае',
  ),
  'bank.silent': plain(
    'Банк не адказвае',
    'Праверце падключэнне і паўтарыце: зверка пройдзе і сама пасля закрыцця змены',
  ),
  'reversal.pending': plain(
    'Банк яшчэ не пацвердзіў тэхнічную адмену ранейшай аперацыі',
    'Прыміце аплату наяўнымі або паўтарыце, калі сувязь з банкам адновіцца',
  ),
  'claim.wrong': (facts) => ({
    message: `Даныя не падыходзяць. ${fieldName(facts)}${tail(why(facts, ''))}`.trim(),
    next: 'Зверце поле з адказам аператара і выпраўце яго',
  }),
  'claim.no-document': ({ by }) => ({
    message:
      by === 'operator'
        ? 'Аператар адказаў, што дакумента гэтай аперацыі няма'
        : 'СКА адказаў, што дакумента гэтай аперацыі няма',
    next: 'Адзначце аперацыю «НЯЎДАЛА»',
  }),
  'claim.not-yet': plain(
    'Аператар на сувязі, але такога дакумента ў яго няма',
    'Дачакайцеся адпраўкі дакументаў або сувязі з СКА, тады даныя можна будзе праверыць',
  ),
  'answer.unsigned': plain(
    'Адказ не падпісаны аператарам: ён зменены або дадзены кімсьці іншым',
    'Запытайце адказ нанова ў кабінеце аператара («Што стала з аперацыяй»)',
  ),
  'answer.other-register': ({ register: number }) => ({
    message: `Гэта адказ пра іншую касу: РН СККА ${number ?? '…'}`,
    next: 'Запытайце адказ пра гэтую касу ў кабінеце аператара',
  }),
  'answer.other-operation': (facts) => ({
    message:
      facts.number === undefined
        ? 'Гэта адказ пра іншую аперацыю'
        : `Гэта адказ пра іншую аперацыю: ${document(facts)}`,
    next: 'Запытайце адказ па кодзе аперацыі, які паказаны ў форме',
  }),
  'answer.stale': (facts) => ({
    message: `Адказ састарэў: аператар даў яго ${moment(facts)}`,
    next: 'Запытайце адказ нанова: ён дзейнічае суткі і даецца пасля пачатку аперацыі',
  }),
  'answer.cannot-tell': plain(
    'З гэтага адказу аператара не вынікае, была аперацыя ці не',
    'Запытайце адказ яшчэ раз, калі дакументы дойдуць да аператара, па кодзе аперацыі',
  ),
  'deny.exists': (facts) => ({
    message: `Дакумент гэтай аперацыі ёсць: ${existing(facts)}`,
    next: 'Запоўніце даныя дакумента і націсніце «ПАСПЯХОВА»',
  }),
  'deny.unsent': ({ unsent }) => ({
    message: `Адказу аператара верыць нельга: неадпраўленых дакументаў: ${unsent ?? 'няма даных'}`,
    next: 'Аднавіце сувязь СКА з інтэрнэтам: калі неадпраўленых стане 0, паўтарыце',
  }),
  'cancel.exists': (facts) => ({
    message: `Скасоўваць нельга, дакумент гэтай аперацыі ёсць: ${existing(facts)}`,
    next: 'Дачакайцеся адказу банка пры ўключаным «Аўтаматычным удакладненні аперацый»',
  }),
  'correction.needless': plain(
    'Разыходжання наяўных няма, карэкціраваць няма чаго',
    'Працягвайце працу',
  ),
  'cash-up.stale': (facts) => ({
    message: `У касе цяпер ${money(facts)} па ўліку`,
    next: 'Пералічыце наяўныя яшчэ раз',
  }),
  'correction.stale': (facts) => ({
    message: `Разыходжанне змянілася: цяпер ${money(facts)}`,
    next: 'Націсніце «Атрымаць актуальныя даныя» і праверце суму',
  }),
  'verb.not-now': plain(
    'У гэтым стане аперацыі такое дзеянне немагчымае',
    'Абнавіце экран і паглядзіце на стан аперацыі',
  ),
  'pin.wrong': plain('Няправільны PIN', 'Праверце імя і ўвядзіце PIN яшчэ раз'),
  'pin.locked': (facts) => ({
    message: `Занадта шмат няправільных спроб. ${seconds(facts)}`,
    next: 'Пачакайце і ўвядзіце PIN яшчэ раз',
  }),
} satisfies Partial<RefusalsWords['refusals']>

const ASK = 'Папрасіце такога супрацоўніка'
const MEND = 'Выпраўце чэк, або няхай яго паправіць той, хто мае права'

const everywhere = {
  'server.busy': (facts) => ({
    message: 'Сервер заняты: зваротаў занадта шмат, нічога не зроблена',
    next: seconds(facts),
  }),
  'session.required': ({ reason }) => {
    if (reason === 'cabinet') {
      return { message: 'Вы не ўвайшлі ў кабінет', next: 'Увайдзіце па пошце і паролі' }
    }
    return reason === 'bank'
      ? {
          message: 'Патрэбны токен доступу да банка',
          next: 'Вазьміце яго з файла acquirer/keys/token',
        }
      : { message: 'Уваход не выкананы', next: 'Увайдзіце па PIN' }
  },
  'right.required': (facts) => {
    const { reason, right, holders = [] } = facts
    const wanting = `Патрэбна права «${right ? rightsBe[right] : ''}»`
    if (right === 'client.people' || right === 'documents.export') {
      return {
        message: `${wanting}. Яго мае ўладальнік кабінета`,
        next: 'Папрасіце ўладальніка змяніць вашу ролю',
      }
    }
    if (reason === 'cabinet') {
      return {
        message: `${wanting}. Яго маюць супрацоўнікі аператара`,
        next: 'Увайдзіце пад уліковым запісам супрацоўніка',
      }
    }
    const who = holders.length > 0 ? `Яго маюць: ${holders.join(', ')}` : 'Яго ніхто не мае'
    return reason === undefined
      ? { message: wanting, next: `${who}. Увайдзіце пад такім карыстальнікам` }
      : {
          message: `${why(facts, '')}. ${wanting}`,
          next: `${who}. ${reason === 'not-yours' ? ASK : MEND}`,
        }
  },
} satisfies Partial<RefusalsWords['refusals']>

const operator = {
  'device.unknown': ({ device }) => ({
    message: `СКА № ${device ?? '…'} не зарэгістраваны ў аператара`,
    next: TO_OPERATOR,
  }),
  'register.blocked': ({ said }) => ({
    message: `Каса заблакіравана аператарам${tail(said)}`,
    next: TO_OPERATOR,
  }),
  'document.gap': ({ number, expected }) => ({
    message: `Дакумент № ${number ?? '…'} прыйшоў раней за дакумент № ${expected ?? '…'}`,
    next: `Адпраўце дакументы пачынаючы з № ${expected ?? '…'}`,
  }),
  'document.diverges': ({ number }) => ({
    message: `Дакумент № ${number ?? '…'} ужо прыняты з іншым зместам`,
    next: TO_OPERATOR,
  }),
  'document.chain': ({ number = 0 }) => ({
    message: `Дакумент № ${number ?? '…'} не працягвае прыняты № ${number - 1}`,
    next: TO_OPERATOR,
  }),
  'seal.broken': ({ number }) => ({
    message: `Подпіс дакумента № ${number ?? '…'} няправільны`,
    next: TO_OPERATOR,
  }),
  'register.unknown': ({ register: number }) => ({
    message: `Касы з РН СККА ${number ?? '…'} няма`,
    next: 'Праверце нумар',
  }),
  'measures.many': ({ limit = 0 }) => ({
    message: `На касе ўжо стаіць столькі мер гэтага віду: ${limit}`,
    next: 'Здыміце лішнія на старонцы касы',
  }),
  ...enrolmentRefusalsBe,
  'address.foreign': plain('Пра гэта гаворыцца толькі на самой машыне', 'Спытайце з яе'),
  'pairing.refused': plain('СКА не прызнала гэтую касу сваёй', TO_OPERATOR),
  'enrolment.store-lost': plain(
    'Гэтае СКА ўжо складала дакументы, а яго сховішча пустое',
    'Вярніце сховішча СКА на месца або падключыце іншае СКА',
  ),
  'register.not-enrolled': plain(
    'Каса яшчэ не падключана да аператара',
    'Падключыце яе па кодзе, які паказаны на яе экране',
  ),
  'person.known': plain('Гэты чалавек ужо ёсць', 'Змяніце яго ролю ў спісе'),
  'person.unknown': plain('Такога чалавека няма', 'Абнавіце спіс'),
  'owner.last': plain(
    'Гэта апошні ўладальнік: без яго няма каму кіраваць кабінетам',
    'Спачатку зрабіце ўладальнікам іншага чалавека',
  ),
  'invitation.void': plain(
    'Запрашэнне не дзейнічае',
    'Папрасіце ўладальніка кабінета запрасіць вас яшчэ раз',
  ),
  'password.wrong': plain(
    'Пошта або пароль не падыходзяць',
    'Праверце раскладку і ўвядзіце іх яшчэ раз',
  ),
  'password.locked': (facts) => ({
    message: 'Занадта шмат няправільных спроб',
    next: seconds(facts),
  }),
  'code.required': plain('Патрэбны код з праграмы', 'Увядзіце яго разам з паролем'),
  'code.wrong': plain(
    'Код не падыходзіць',
    'Увядзіце новы код з праграмы; праверце гадзіннік тэлефона',
  ),
  'factor.on': plain('Другі фактар ужо ўключаны', 'Спачатку выключыце яго'),
  'factor.off': plain('Другі фактар не ўключаны', 'Пачніце ўключаць яго нанова'),
  'account.exists': plain('Такі ўліковы запіс ужо ёсць', 'Знайдзіце яго ў спісе'),
  'staff.unknown': plain('Такога супрацоўніка няма', 'Абнавіце спіс'),
  'staff.last': plain('Гэта апошні адміністратар', 'Спачатку прызначце іншага'),
  'invitation.unknown': plain(
    'Спасылка не дзейнічае',
    'Папрасіце адміністратара аператара даць новую',
  ),
  'client.unknown': plain('Такога кліента няма', 'Абнавіце спіс'),
  'word.exists': plain(
    'Дакумент гэтай аперацыі ёсць у аператара',
    'Пацвердзіце яе: адхіліць нельга',
  ),
  'word.never': plain(
    'Нумар дакумента заняты іншым: аперацыі не было',
    'Адхіліце яе: пацвердзіць нельга',
  ),
  'word.number-taken': plain('У аператара пад гэтым нумарам іншы дакумент', 'Праверце № чэка і УІ'),
  'word.no-document': plain(
    'У аператара няма дакумента гэтай аперацыі',
    'Пакажыце, на чым заснавана рашэнне',
  ),
  'device.retired': plain(
    'СКА выведзена з працы: яе дакументы больш не прымаюцца',
    'Звярніцеся да аператара праграмных кас',
  ),
  'view.read-only': plain('Цяпер вы глядзіце як кліент: мяняць нічога нельга', 'Скончыце прагляд'),
  'document.unknown': plain(
    'Дакумента з такім УІ няма',
    'Праверце УІ; дакумент мог яшчэ не дайсці да аператара',
  ),
} satisfies Partial<RefusalsWords['refusals']>

export const refusalsBe: RefusalsWords = {
  refusals: {
    ...register,
    ...everywhere,
    ...operator,
    ...officeRefusalsBe,
    ...peopleRefusalsBe,
    ...backupRefusalsBe,
    ...importRefusalsBe,
    ...sellingRefusalsBe,
    ...updateRefusalsBe,
  },
  unanswered: {
    register: { message: 'Каса не адказвае', next: 'Праверце, што яна ўключана, і паўтарыце' },
    operator: { message: 'Аператар не адказвае', next: 'Праверце злучэнне і паўтарыце' },
    office: { message: 'Кабінет zPOS не адказвае', next: 'Праверце злучэнне і паўтарыце' },
    stand: {
      message: 'Стэнд не адказаў',
      next: 'Паглядзіце, што з ім, у акне, дзе ён запушчаны',
    },
  },
  notTaken: {
    register: (wrong) => wrong,
    operator: (wrong) => `Запыт няправільны: ${wrong}`,
    office: (wrong) => `Запыт няправільны: ${wrong}`,
    stand: (wrong) => wrong,
  },
}
