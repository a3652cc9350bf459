import type { UpdatesWords } from './ru.ts'

export const updatesEn: UpdatesWords = {
  heading: 'App store',
  note: "The till's version and its updates",
  menuNote: (version) => `version ${version} is there`,
  byRight: 'Updates are for whoever has the right to update',
  none: 'This till takes no updates from the office: it is updated by installing a package',
  installed: 'Installed',
  newest: 'Available',
  size: 'Size',
  heardAt: 'The office answered',
  notHeard: 'not since the start',
  current: 'There is nothing newer',
  megabytes: (count) => `${count} MB`,
  notes: 'What is new',
  fetching: (done, all) => `Being fetched: ${done} of ${all} MB`,
  waiting: 'Not fetched yet',
  ready: 'Fetched and checked: signature and content are right',
  check: 'Check for updates',
  install: 'Update',
  installing: (version) => `The till is being updated to version ${version}`,
  installingDoes: 'Do not switch it off: the page comes back by itself when the till has started',
  closeFirst: 'The till is updated with the shift closed',
  byHand: 'On this till a new version is installed as a package: call support',
  auto: 'Automatic updates',
  autoDoes: 'At night, from 2 to 5, with the shift closed, the till updates itself',
  notReady:
    'The update cannot be installed yet, shifts open. If that does not change within a ' +
    'day, call support',
  stays: (version) => `The till works on version ${version}, its data are in place`,
  failures: {
    unsigned: (version) =>
      `Version ${version} was not installed: its signature failed the check. Call support`,
    'not-newer': (version) =>
      `Version ${version} was not installed: it is no newer than what is there`,
    'wrong-archive': (version) =>
      `Version ${version} was not installed: what came is not what was signed. Call support`,
    'no-room': (version) =>
      `Version ${version} was not installed: the disk of the till has no room. Make room ` +
      'and try again',
    unhealthy: (version) =>
      `Version ${version} was not installed: it did not work on a copy of the data. Call ` +
      'support',
    interrupted: (version) =>
      `The installation of version ${version} was cut short. Press “Update” again`,
    failed: (version) =>
      `Version ${version} was not installed. Press “Update” again; if that does not help, ` +
      'call support',
  },
  faults: {
    silent: 'The office does not answer. The till will ask again by itself',
    expired:
      "The office's signatures have expired: updates have stopped, sales go on as usual. Call " +
      'support',
    distrusted:
      'The updates failed the check of their signature and were not taken. Sales go on as usual. ' +
      'Call support',
    cut: 'The download was cut. The till will go on with it by itself',
    wrong: 'What came is not what was signed: the file was removed. The till will try again',
    'no-room': 'There is no room for the update on the disk of the till: make room',
  },
}
