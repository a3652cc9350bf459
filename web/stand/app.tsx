import { Alert } from '#web/ui/Alert.tsx'
import { useEvents, useStore } from '#web/ui/hooks.ts'
import { ProcessCard } from './process-card.tsx'
import { heard, shown } from './stand.ts'
import { Tape } from './tape.tsx'

/** The demo stand: what runs, and what the printer printed. */
export function App() {
  const { processes, papers, live } = useStore(shown)
  useEvents('/api/events', {
    names: ['processes', 'paper'],
    heard,
    link: (now) => shown.set({ live: now }),
  })
  const memory = processes.reduce((sum, { rssMb }) => sum + (rssMb ?? 0), 0)
  return (
    <main class="stand">
      <header class="stand-head">
        <h1>Стенд zPOS</h1>
        <p class="soft">
          Настоящие процессы на этом компьютере. Убейте любой в любой момент и запустите снова:
          деньги и документы сойдутся.
        </p>
      </header>
      {live === false && (
        <Alert tone="red" title="Стенд не отвечает" next="Запустите его снова: npm start" />
      )}
      <section class="stand-chain" aria-label="Процессы">
        <ol>
          {processes.map((process) => (
            <li key={process.name}>
              <ProcessCard process={process} />
            </li>
          ))}
        </ol>
        {memory > 0 && <p class="soft small">Память всех процессов: {memory} МБ</p>}
      </section>
      <Tape papers={papers} />
    </main>
  )
}
