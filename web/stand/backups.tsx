import { useState } from 'preact/hooks'
import type { RegisterBackup } from '#core/api/stand.ts'
import { printedMoment } from '#core/time.ts'
import { Button } from '#web/ui/Button.tsx'
import { stand, told } from './stand.ts'

/** Copies of the register's database: how БД and СКО come to disagree by honest means (R19). */
export function Backups({ backups }: { backups: readonly RegisterBackup[] }) {
  /** The copy that is being put back, or «new» while one is taken. */
  const [busy, setBusy] = useState<string | null>(null)
  const act = async (what: string, work: () => Promise<void>) => {
    setBusy(what)
    await work()
    setBusy(null)
  }
  return (
    <section class="stand-backups" aria-label="Копии БД кассы">
      <div class="section-head">
        <h2>Копии БД кассы</h2>
        <Button
          busy={busy === 'new'}
          disabled={busy !== null}
          onClick={() => void act('new', () => told(stand.backUp({})))}
        >
          Снять копию БД кассы
        </Button>
      </div>
      <div class="panel">
        <p class="soft small">
          Если вернуть старую копию, касса забудет всё, что было после неё, а СКО помнит: так
          расходятся наличные в БД и СКО.
        </p>
        {backups.length > 0 && (
          <ol>
            {backups.toReversed().map(({ id, at }) => (
              <li key={id} class="panel-row backup" aria-label={`Копия ${id}`}>
                <span>
                  <b>Копия {id}</b> <span class="soft nowrap">{printedMoment(at)}</span>
                </span>
                <Button
                  busy={busy === id}
                  disabled={busy !== null}
                  onClick={() => void act(id, () => told(stand.restore({ id })))}
                >
                  Вернуть
                </Button>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}
