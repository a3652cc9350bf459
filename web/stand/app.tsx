import { standEvents } from '#core/api/stand.ts'
import { standWords } from '#core/words/stand.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { useDocument, useStore } from '#web/ui/hooks.ts'
import { useEvents } from '#web/ui/hooks-events.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useLanguage, useWords } from '#web/ui/language.ts'
import { sentenceOf } from '#web/ui/trouble.ts'
import { Backups } from './backups.tsx'
import { Cards } from './cards.tsx'
import { FaultPanel, FaultSummary } from './fault-panel.tsx'
import { Mailbox } from './mailbox.tsx'
import { ProcessCard } from './process-card.tsx'
import { Releases } from './releases.tsx'
import { Scale } from './scale.tsx'
import { heard, shown } from './stand.ts'
import { Tape } from './tape.tsx'

/** The demo stand: what runs, what is broken on purpose, and what the printer printed. */
export function App() {
  const { processes, faults, reader, scale, backups, papers, mail, live, trouble } = useStore(shown)
  const language = useLanguage()
  const words = useWords(standWords)
  useDocument(words.pageTitle, useLanguage())
  useEvents(true, {
    names: Object.keys(standEvents),
    heard,
    link: (now) => shown.set({ live: now }),
  })
  const memory = processes.reduce((sum, { rssMb }) => sum + (rssMb ?? 0), 0)
  return (
    <main class="stand">
      <header class="stand-head">
        <div class="section-head">
          <h1>{words.heading}</h1>
          {faults && <FaultSummary faults={faults} />}
        </div>
        <p class="soft">{words.intro}</p>
        <LanguageSwitch onChoose={speak} />
      </header>
      {live === false && <Alert tone="red" title={words.silent} next={words.silentNext} />}
      {trouble && (
        <Alert
          tone="red"
          title={words.notDone}
          next={sentenceOf('stand', trouble, language)}
          onClose={() => shown.set({ trouble: null })}
        />
      )}
      <section class="stand-chain" aria-label={words.processes}>
        <ol>
          {processes.map((process) => (
            <li key={process.name} class={process.name === 'acquirer' ? 'apart' : ''}>
              <ProcessCard process={process} />
            </li>
          ))}
        </ol>
        {memory > 0 && <p class="soft small">{words.memory(memory)}</p>}
      </section>
      {reader && <Cards reader={reader} />}
      {scale && <Scale scale={scale} />}
      {faults && <FaultPanel faults={faults} />}
      {faults && <Backups backups={backups} />}
      {faults && <Releases />}
      <Mailbox mail={mail} />
      <Tape papers={papers} />
    </main>
  )
}
