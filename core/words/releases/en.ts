import type { ReleasesWords } from './ru.ts'

export const releasesEn: ReleasesWords = {
  required: 'Mandatory version',
  any: 'any',
  ahead: (version, day) => `From ${day} on ${version} will be mandatory`,
  require: 'Make it mandatory',
  from: 'From the day; today if empty',
  version: 'Version',
  requireNone: 'Take back all that is required',
  requireNote:
    'A till below the mandatory version opens no shift once the new one lies there verified: ' +
    'it is installed on its updates page. Until then the till warns',
  published: 'Published versions',
  none: 'Nothing is published yet',
  platform: 'For what',
  at: 'Sent',
  size: 'Size',
  notes: 'What is new',
  megabytes: (count) => `${count} MB`,
  publish: 'Publish',
  steps:
    'Send the archive first, then the list of versions that is signed with the release key. ' +
    'Nothing is signed here: the keys of root and releases are not kept in the office',
  archive: 'Send the archive (.tar.gz)',
  metadata: 'Publish the signed file (.json)',
  sending: 'Sending…',
  archived: (sha256) => `The archive was taken, SHA-256 ${sha256}`,
  done: 'The file was checked and published',
  trust: 'Signatures',
  root: 'Root',
  targets: 'List of versions',
  until: (version, day) => `No. ${version}, good until ${day}`,
  noRoot: 'No root was laid down: nothing can be published',
  notNamed: "Root does not name this office's key: tills do not believe its signatures",
  rootNear: 'The root expires soon: a new one is needed, signed by two of the three keys',
  targetsNear: 'The list of versions expires soon: sign a new one',
}
