/** The longest address that can be written to (RFC 5321, 4.5.3.1.3). */
export const LONGEST_MAIL_ADDRESS = 254

const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
// Domains of other letters than Latin too: this country has one of its own.
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

/**
 * Whether a text is one address that mail can be sent to, and nothing else: no name, no list, no
 * sign that would begin another line of a message.
 */
export function isMailAddress(text: string): boolean {
  const [local = '', domain = '', ...more] = text.split('@')
  if (more.length > 0 || text.length > LONGEST_MAIL_ADDRESS || local.length > 64) return false
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  return (
    /^[\x21-\x7e]+$/.test(local) &&
    LOCAL.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\p{N}+$/u.test(top)
  )
}
