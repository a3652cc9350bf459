import { useRef, useState } from 'preact/hooks'
import { client } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import type { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { archiveEndpoint, type PublishedRelease } from '#core/api/office-releases.ts'
import { printedDay } from '#core/billing/calendar.ts'
import { minskDay, printedMoment } from '#core/time.ts'
import { officeWords } from '#core/words/office.ts'
import { releasesWords } from '#core/words/releases.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { sendFile } from '#web/ui/send.ts'
import { type Column, Table } from '#web/ui/Table.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { office, told } from '../office.ts'
import { ActForm } from './act-form.tsx'

/** U1: versions of the till's programs, and which of them tills have to have. */
export function Releases() {
  const words = useWords(officeWords).staff
  const [answer, again] = useLoad('releases', () => office.releases({}))
  return (
    <>
      <h1>{words.nav.releases}</h1>
      <Required />
      <Loaded answer={answer} told={told} again={again}>
        {(view) => (
          <>
            <Published releases={view.releases} />
            <Publishing onDone={again} />
            <Trust view={view} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Required() {
  const words = useWords(releasesWords)
  const [answer, again] = useLoad('version', () => office.requiredVersion({}))
  return (
    <section class="card" aria-label={words.required}>
      <Loaded answer={answer} told={told} again={again}>
        {({ version, ahead }) => (
          <>
            <p>
              {words.required}: <strong>{version ?? words.any}</strong>
            </p>
            {ahead.map((each) => (
              <p key={`${each.from} ${each.version}`}>
                {words.ahead(each.version, printedDay(each.from))}
              </p>
            ))}
            <p class="soft small">{words.requireNote}.</p>
            <Requiring onDone={again} />
            {(version !== null || ahead.length > 0) && (
              <ActForm
                act={words.requireNone}
                fields={{}}
                send={() => office.requireVersion({ version: null })}
                onDone={again}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

const Requiring = ({ onDone }: { onDone: () => void }) => {
  const words = useWords(releasesWords)
  return (
    <ActForm
      act={words.require}
      fields={{
        version: { label: words.version },
        from: { label: words.from, date: true, optional: true },
      }}
      send={({ version, from }) =>
        office.requireVersion({ version: version.trim(), from: from.trim() || null })
      }
      onDone={onDone}
    />
  )
}

function Published({ releases }: { releases: readonly PublishedRelease[] }) {
  const words = useWords(releasesWords)
  const language = useLanguage()
  const columns: readonly Column<PublishedRelease>[] = [
    { head: words.version, cell: ({ version }) => version, width: '100px' },
    { head: words.notes, cell: ({ notes }) => notes[language] },
    { head: words.platform, cell: ({ platform }) => platform, width: '120px' },
    {
      head: words.at,
      cell: ({ at }) => <span class="nowrap">{printedMoment(at).slice(0, 16)}</span>,
      width: '150px',
    },
    {
      head: words.size,
      cell: ({ length }) => words.megabytes((length / 1e6).toFixed(1)),
      width: '100px',
      right: true,
    },
  ]
  return (
    <Table
      label={words.published}
      columns={columns}
      rows={releases}
      keyOf={({ version, platform }) => `${version} ${platform}`}
      end={releases.length === 0 ? words.none : undefined}
    />
  )
}

const sendArchive = (file: Blob) =>
  client({ archive: archiveEndpoint }, ({ path }) => sendFile(path, file)).archive({})

/** An archive first, then the file that was signed over it. */
function Publishing({ onDone }: { onDone: () => void }) {
  const words = useWords(releasesWords)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const archive = async (file: Blob) => {
    const sent = await sendArchive(file)
    setTrouble(sent.kind === 'done' ? null : sent)
    setSaid(sent.kind === 'done' ? words.archived(sent.value.sha256) : null)
  }
  const publish = async (file: Blob) => {
    const sent = await office.publish({ metadata: await file.text() })
    setTrouble(sent.kind === 'done' ? null : sent)
    setSaid(sent.kind === 'done' ? words.done : null)
    if (sent.kind === 'done') onDone()
  }
  return (
    <section class="card" aria-label={words.publish}>
      <h2>{words.publish}</h2>
      <p class="soft small">{words.steps}.</p>
      <div class="release-files">
        <FileButton text={words.archive} accept=".gz" send={archive} />
        <FileButton text={words.metadata} accept=".json" send={publish} />
      </div>
      {said && (
        <p role="status" class="release-said">
          {said}.
        </p>
      )}
      {trouble && <Alert tone="red" title={told(trouble)} />}
    </section>
  )
}

function FileButton(props: { text: string; accept: string; send: (file: Blob) => Promise<void> }) {
  const { text, accept, send } = props
  const words = useWords(releasesWords)
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const chosen = async (file: Blob) => {
    setBusy(true)
    await send(file)
    setBusy(false)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={text}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) void chosen(file)
          // The same file chosen again is a choice, too.
          currentTarget.value = ''
        }}
      />
      <Button busy={busy} onClick={() => input.current?.click()}>
        {busy ? words.sending : text}
      </Button>
    </>
  )
}

type View = Reply<(typeof officeCabinetApi)['releases']>

function Trust({ view: { root, targets, isNamed } }: { view: View }) {
  const words = useWords(releasesWords)
  const row = (file: View['root']) =>
    file && words.until(file.version, printedDay(minskDay(file.until)))
  const troubles = [
    ...(root ? [] : [words.noRoot]),
    ...(root && !isNamed ? [words.notNamed] : []),
    ...(root?.isNear ? [words.rootNear] : []),
    ...(targets?.isNear ? [words.targetsNear] : []),
  ]
  return (
    <section class="card" aria-label={words.trust}>
      <h2>{words.trust}</h2>
      {troubles.map((trouble) => (
        <Alert key={trouble} tone="red" title={trouble} />
      ))}
      <Facts
        rows={[
          [words.root, row(root) ?? '—'],
          [words.targets, row(targets) ?? '—'],
        ]}
      />
    </section>
  )
}
