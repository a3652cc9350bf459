import { useState } from 'preact/hooks'
import type { RegisterBackup } from '#core/api/stand.ts'
import { printedMoment } from '#core/time.ts'
import { standWords } from '#core/words/stand.ts'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import { stand, told } from './stand.ts'

/** Copies of the register’s database: how its cash comes to differ from the device’s (R19). */
export function Backups({ backups }: { backups: readonly RegisterBackup[] }) {
  const words = useWords(standWords).backups
  /** The copy that is being put back, or «new» while one is taken. */
  const [busy, setBusy] = useState<string | null>(null)
  const act = async (what: string, work: () => Promise<void>) => {
    setBusy(what)
    await work()
    setBusy(null)
  }
  return (
    <section class="stand-backups" aria-label={words.heading}>
      <div class="section-head">
        <h2>{words.heading}</h2>
        <Button
          busy={busy === 'new'}
          disabled={busy !== null}
          onClick={() => void act('new', () => told(stand.backUp({})))}
        >
          {words.take}
        </Button>
      </div>
      <div class="panel">
        <p class="soft small">{words.does}</p>
        {backups.length > 0 && (
          <ol>
            {backups.toReversed().map(({ id, at }) => (
              <li key={id} class="panel-row backup" aria-label={words.one(id)}>
                <span>
                  <b>{words.one(id)}</b> <span class="soft nowrap">{printedMoment(at)}</span>
                </span>
                <Button
                  busy={busy === id}
                  disabled={busy !== null}
                  onClick={() => void act(id, () => told(stand.restore({ id })))}
                >
                  {words.restore}
                </Button>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}
