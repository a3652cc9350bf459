import { counted, type Forms } from '../figures.ts'
import type { StandWords } from './ru.ts'

const processForms: Forms = {
  one: 'перазапуск',
  few: 'перазапускі',
  many: 'перазапускаў',
  other: 'перазапуску',
}

export const standBe: StandWords = {
  pageTitle: 'zPOS — стэнд',
  heading: 'Стэнд zPOS',
  intro:
    'Сапраўдныя працэсы на гэтым камп’ютары. Забіце любы, абарвіце сувязь, выміце СКА — і ' +
    'вярніце як было: грошы і дакументы сыдуцца.',
  silent: 'Стэнд не адказвае',
  silentNext: 'Запусціце яго зноў: npm start',
  notDone: 'Не атрымалася',
  processes: 'Працэсы',
  memory: (mb) => `Памяць усіх працэсаў: ${mb} МБ`,
  process: {
    titles: {
      register: 'АРМ Касіра',
      sko: 'Служба СКА',
      operator: 'Аператар (АІС ПКС)',
      office: 'Білінг',
      acquirer: 'Банк (эквайр)',
    },
    roles: {
      cashier: 'касір',
      administrator: 'адміністратар',
      client: 'кліент',
      staff: 'супрацоўнік аператара',
    },
    byPin: (name, pin, role) => `«${name}», PIN ${pin} — ${role}`,
    byPassword: (email, password) => `${email}, пароль ${password}`,
    byDevice: (pin) => `PIN прылады ${pin}, пратакол tsrv: POST /tsrv`,
    byTerminal: (terminal, feed) => `ISO 8583:1993; тэрмінал ${terminal}, аперацыі: ${feed}`,
    since: (time) => `з ${time}`,
    pid: (pid) => `працэс ${pid}`,
    memory: (mb) => `${mb} МБ`,
    restarts: (count) => counted('be', count, processForms),
    start: 'Запусціць',
    kill: 'Забіць (SIGKILL)',
    states: { running: 'працуе', silent: 'маўчыць', starting: 'запускаецца', stopped: 'забіты' },
  },
  faults: {
    heading: 'Збоі',
    active: (count) => `Збояў уключана: ${count}`,
    none: 'Збояў няма',
    allSound: 'усё спраўна',
    on: (count) => `уключана: ${count}`,
    reset: 'Скінуць усё',
    fewer: (title) => `${title}: менш`,
    more: (title) => `${title}: больш`,
    left: (title) => `${title}: засталося`,
    decline: 'Наступная аплата карткай адхіляецца',
    noDecline: 'не',
    billing: 'Стан у білінгу',
    billingStates: {
      ok: 'усё ў парадку',
      'serial-unknown': 'SN не знойдзены',
      'no-contract': 'дагавора няма',
      'unp-mismatch': 'чужы УНП',
      'no-subscription': 'падпіскі няма',
      'update-required': 'трэба абнаўленне',
      ending: 'падпіска канчаецца',
      'ending-no-funds': 'канчаецца, грошай не хапае',
    },
    clock: 'Гадзіннік',
    ahead: (lead) => `наперад на ${lead}`,
    clockDoes: 'Гэты час бачаць усе працэсы. Назад ён не ідзе, і скід яго не вяртае.',
    leap: { hour: '+1 г', dayAndHour: '+25 г', eightDays: '+8 сут' },
    units: { days: 'сут', hours: 'г', minutes: 'хв', seconds: 'с' },
    names: {
      'sko.unplugged': {
        title: 'СКА выняты',
        does: 'Прылады касы няма: ні каманд, ні адпраўкі дакументаў, пакуль яе не вернуць.',
      },
      'internet.down': {
        title: 'Няма інтэрнэту',
        does: 'З крамы не звязацца ні з кім; кабінет аператара ў браўзеры адкрываецца.',
      },
      'operator.down': {
        title: 'Аператар недаступны',
        does: 'Інтэрнэт ёсць, але да аператара не даходзяць ні дакументы, ні пытанні.',
      },
      'billing.down': {
        title: 'Білінг недаступны',
        does: 'Інтэрнэт ёсць, але да білінгу пытанні касы не даходзяць.',
      },
      'printer.no-paper': {
        title: 'Няма паперы',
        does: 'Прынтар паведамляе пра гэта і нічога не друкуе.',
      },
      'sko.answer-lost': {
        title: 'Адказ СКА губляецца',
        does: 'Столькі наступных каманд будзе выканана, але адказу каса не пачуе.',
      },
      'sko.request-lost': {
        title: 'Каманда СКА губляецца',
        does: 'Столькі наступных каманд да прылады не дойдзе.',
      },
      'bank.answer-lost': {
        title: 'Адказ банка губляецца',
        does: 'Столькі наступных аперацый банк выканае, але адказу каса не пачуе.',
      },
      'bank.request-lost': {
        title: 'Запыт у банк губляецца',
        does: 'Столькі наступных аперацый да банка не дойдзе.',
      },
    },
  },
  cards: {
    heading: 'Карткі',
    remove: 'Прыбраць картку',
    tap: 'Прыкласці картку',
    waits: (sum) => `Тэрмінал чакае картку: ${sum}. Прыкладзіце любую.`,
    lies: (title) => `На счытвальніку ляжыць «${title}»: яе атрымае наступная аплата.`,
    idle: 'Картку зараз не чакаюць. Прыкладзеная загадзя дастанецца наступнай аплаце.',
    titles: {
      ok: 'Звычайная картка',
      other: 'Картка іншага банка',
      'low-limit': 'Ліміт аперацыі 20 рублёў',
      poor: 'На картцы 5 рублёў',
      partial: 'На картцы 10 рублёў, банк ухваляе частку',
      expired: 'Тэрмін скончыўся',
      blocked: 'Заблакіравана',
      'wrong-pin': 'Няправільны ПІН',
      forbidden: 'Аперацыя забаронена',
      slow: 'Банк думае паўтары хвіліны',
    },
  },
  releases: {
    heading: 'Версіі касы',
    does:
      'Стэнд збірае праграмы касы пад наступным нумарам, падпісвае ключамі дэманстрацыі і ' +
      'публікуе ў офісе. Каса яшчэ не бярэ іх сама: яе абнаўляюць пакетам',
    release: 'Выпусціць версію',
    done: (version) => `Апублікавана версія ${version}`,
    failed: 'Офіс не прыняў версію: праверце, што ён працуе',
  },
  backups: {
    heading: 'Копіі БД касы',
    take: 'Зняць копію БД касы',
    does:
      'Калі вярнуць старую копію, каса забудзе ўсё, што было пасля яе, а СКА памятае: так ' +
      'разыходзяцца наяўныя ў БД і СКА.',
    one: (id) => `Копія ${id}`,
    restore: 'Вярнуць',
  },
  scale: {
    heading: 'Вагі',
    grams: 'На вагах, г',
    put: 'Пакласці',
    state: 'Паказваюць',
    states: {
      stable: 'Вага стаіць',
      unstable: 'Вага хістаецца',
      overload: 'Перагрузка',
      underload: 'Менш за нуль',
    },
    shows: (grams, state) => `Вагі паказваюць: ${grams} г; ${state}`,
  },
  tape: {
    heading: 'Чэкавая стужка',
    empty: 'Пакуль нічога не надрукавана. Адкрыйце змену на касе — дакумент выйдзе тут.',
    sheet: (number) => `Ліст ${number}`,
    noJob: 'без задання',
    drawer: 'скрыня адкрыта',
    job: (job) => `заданне ${job}`,
  },
  mail: {
    heading: 'Пошта',
    empty: 'Лістоў яшчэ не было. Папярэдзьце касу або заблакіруйце яе ў кабінеце аператара.',
    to: (address) => `Каму: ${address}`,
  },
  console: {
    starting: 'zPOS: запускаю стэнд…',
    register: 'АРМ Касіра',
    operator: 'Аператар',
    office: 'Кабінет zPOS',
    sko: 'Служба СКА',
    acquirer: 'Банк',
    stand: 'Стэнд',
    operations: 'аперацыі',
    standDoes: 'працэсы, збоі, карткі і чэкавая стужка',
    stop: 'Спыніць: Ctrl-C',
    failed: 'zPOS: стэнд не запусціўся.',
    down: 'zPOS: не запусціўся працэс',
  },
}
