import type { CaughtMail } from '#core/api/stand.ts'
import { printedMoment } from '#core/time.ts'
import { standWords } from '#core/words/stand.ts'
import { useWords } from '#web/ui/language.ts'

/** What the demo's processes sent by mail, the newest on top. */
export function Mailbox({ mail }: { mail: readonly CaughtMail[] }) {
  const words = useWords(standWords).mail
  return (
    <section class="mailbox" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      {mail.length === 0 && <p class="soft">{words.empty}</p>}
      {mail.map(({ number, at, to, subject, text }) => (
        <details key={number}>
          <summary>
            {subject}{' '}
            <span class="soft small">
              {words.to(to)} · {printedMoment(at)}
            </span>
          </summary>
          <p class="mailbox-text">{text}</p>
        </details>
      ))}
    </section>
  )
}
