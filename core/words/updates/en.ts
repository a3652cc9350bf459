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
