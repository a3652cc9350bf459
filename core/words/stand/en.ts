import { counted, type Forms } from '../figures.ts'
import type { StandWords } from './ru.ts'

const restartForms: Forms = { one: 'restart', other: 'restarts' }

export const standEn: StandWords = {
  pageTitle: 'zPOS — stand',
  heading: 'zPOS stand',
  intro:
    'Real processes on this machine. Kill any of them, cut a line, pull the device out, and put ' +
    'it back: money and documents will agree.',
  silent: 'The stand does not answer',
  silentNext: 'Start it again: npm start',
  notDone: 'Not done',
  processes: 'Processes',
  memory: (mb) => `Memory of all processes: ${mb} MB`,
  process: {
    titles: {
      register: 'Cashier’s workstation',
      sko: 'Control device service (SKO)',
      operator: 'Operator (AIS PKS)',
      office: 'Billing',
      acquirer: 'Bank (acquirer)',
    },
    roles: {
      cashier: 'cashier',
      administrator: 'administrator',
      client: 'client',
      staff: 'operator’s staff',
    },
    byPin: (name, pin, role) => `“${name}”, PIN ${pin} — ${role}`,
    byPassword: (email, password) => `${email}, password ${password}`,
    byDevice: (pin) => `device PIN ${pin}, tsrv protocol: POST /tsrv`,
    byTerminal: (terminal, feed) => `ISO 8583:1993; terminal ${terminal}, transactions: ${feed}`,
    since: (time) => `since ${time}`,
    pid: (pid) => `process ${pid}`,
    memory: (mb) => `${mb} MB`,
    restarts: (count) => counted('en', count, restartForms),
    start: 'Start',
    kill: 'Kill (SIGKILL)',
    states: { running: 'running', silent: 'silent', starting: 'starting', stopped: 'killed' },
  },
  faults: {
    heading: 'Faults',
    active: (count) => `Faults on: ${count}`,
    none: 'No faults',
    allSound: 'all sound',
    on: (count) => `on: ${count}`,
    reset: 'Reset all',
    fewer: (title) => `${title}: fewer`,
    more: (title) => `${title}: more`,
    left: (title) => `${title}: left`,
    decline: 'The next card payment is declined',
    noDecline: 'no',
    billing: 'State in billing',
    billingStates: {
      ok: 'all in order',
      'serial-unknown': 'serial number not found',
      'no-contract': 'no contract',
      'unp-mismatch': 'another UNP',
      'no-subscription': 'no subscription',
      'update-required': 'update required',
      ending: 'subscription ends',
      'ending-no-funds': 'ends, money is wanting',
    },
    clock: 'Clock',
    ahead: (lead) => `ahead by ${lead}`,
    clockDoes: 'Every process sees this time. It never goes back, and a reset does not undo it.',
    leap: { hour: '+1 h', dayAndHour: '+25 h', eightDays: '+8 d' },
    units: { days: 'd', hours: 'h', minutes: 'min', seconds: 's' },
    names: {
      'sko.unplugged': {
        title: 'SKO pulled out',
        does: 'The register’s device is gone: no commands and no upload until it is put back.',
      },
      'internet.down': {
        title: 'No internet',
        does: 'Nothing leaves the shop; the operator’s cabinet still opens in the browser.',
      },
      'operator.down': {
        title: 'Operator unreachable',
        does: 'There is internet, but neither documents nor questions reach the operator.',
      },
      'billing.down': {
        title: 'Billing is unreachable',
        does: 'There is Internet, but the till’s questions do not reach billing.',
      },
      'printer.no-paper': {
        title: 'No paper',
        does: 'The printer says so and prints nothing.',
      },
      'sko.answer-lost': {
        title: 'SKO’s answer is lost',
        does: 'So many of the next commands are executed, but the register hears no answer.',
      },
      'sko.request-lost': {
        title: 'Command to SKO is lost',
        does: 'So many of the next commands never reach the device.',
      },
      'bank.answer-lost': {
        title: 'Bank’s answer is lost',
        does: 'The bank does so many of the next operations, but the register hears no answer.',
      },
      'bank.request-lost': {
        title: 'Request to the bank is lost',
        does: 'So many of the next operations never reach the bank.',
      },
    },
  },
  cards: {
    heading: 'Cards',
    remove: 'Take the card away',
    tap: 'Tap a card',
    waits: (sum) => `The terminal waits for a card: ${sum}. Tap any.`,
    lies: (title) => `“${title}” lies on the reader: the next payment gets it.`,
    idle: 'No card is waited for. One tapped ahead goes to the next payment.',
    titles: {
      ok: 'Ordinary card',
      other: 'Another bank’s card',
      'low-limit': 'Limit of 20 roubles',
      poor: '5 roubles on the card',
      partial: '10 roubles on the card, its bank approves a part',
      expired: 'Expired',
      blocked: 'Blocked',
      'wrong-pin': 'Wrong PIN',
      forbidden: 'Operation forbidden',
      slow: 'The bank thinks for a minute and a half',
    },
  },
  releases: {
    heading: 'Versions of the till',
    does:
      "The stand packs the till's programs under the next number, signs them with the " +
      "demo's keys and publishes them at the office. The till does not take them by itself " +
      'yet: it is updated by the package',
    release: 'Release a version',
    done: (version) => `Version ${version} is published`,
    failed: 'The office did not take the version: see that it runs',
  },
  backups: {
    heading: 'Copies of the register’s database',
    take: 'Take a copy of the register’s database',
    does:
      'Put an older copy back, and the register forgets all that came after it while the SKO ' +
      'remembers: this is how cash in database and SKO come to disagree.',
    one: (id) => `Copy ${id}`,
    restore: 'Put back',
  },
  scale: {
    heading: 'Scale',
    grams: 'On the scale, g',
    put: 'Lay',
    state: 'State',
    states: {
      stable: 'Weight at rest',
      unstable: 'Weight moves',
      overload: 'Overload',
      underload: 'Below zero',
    },
    shows: (grams, state) => `The scale shows: ${grams} g; ${state}`,
  },
  tape: {
    heading: 'Paper tape',
    empty: 'Nothing printed yet. Open a shift at the register, and its document comes out here.',
    sheet: (number) => `Sheet ${number}`,
    noJob: 'no job',
    drawer: 'drawer opened',
    job: (job) => `job ${job}`,
  },
  mail: {
    heading: 'Mail',
    empty: 'No mail yet. Warn or block a register in the operator’s cabinet.',
    to: (address) => `To: ${address}`,
  },
  console: {
    starting: 'zPOS: starting the stand…',
    register: 'Register',
    operator: 'Operator',
    office: 'zPOS cabinet',
    sko: 'SKO service',
    acquirer: 'Bank',
    stand: 'Stand',
    operations: 'transactions',
    standDoes: 'processes, faults, cards and the paper tape',
    stop: 'Stop: Ctrl-C',
    failed: 'zPOS: the stand did not start.',
    down: 'zPOS: a process did not start,',
  },
}
