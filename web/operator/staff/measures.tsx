import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { staffWords } from '#core/words/staff.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { NoAnswer } from '#web/ui/NoAnswer.tsx'
import { operator, told, useRights } from '../operator.ts'
import { type MeasureAct, MeasureDialog, type Named } from './measure-dialog.tsx'

type Act = { what: MeasureAct; measure?: number }
type Measure = Reply<(typeof operatorCabinetApi)['measures']>['measures'][number]

const stands = ({ state }: Measure) => state === 'in-force' || state === 'ahead'

/** What is laid on a register, and the way to lay it on and to lift it. */
export function Measures(props: {
  register: Named
  /** Of the page: what stands is read again with it. */
  asOf: number
  onChanged: () => void
}) {
  const { register, asOf, onChanged } = props
  const { registerNumber } = register
  const words = useWords(staffWords).measures
  const [act, setAct] = useState<Act | null>(null)
  const [answer, again] = useLoad(`measures ${registerNumber} ${asOf}`, () =>
    operator.measures({ register: registerNumber }),
  )
  const measures = answer?.kind === 'done' ? answer.value.measures : []
  const standing = measures.filter(stands)
  const close = (changed: boolean) => {
    setAct(null)
    if (changed) onChanged()
  }
  return (
    <section class="panel" aria-labelledby="measures">
      <h2 id="measures">{words.heading}</h2>
      {answer && answer.kind !== 'done' && <NoAnswer told={told(answer)} again={again} />}
      {answer?.kind === 'done' && standing.length === 0 && <p class="soft">{words.none}</p>}
      <Listed measures={standing} onLift={setAct} />
      <Ways onAct={(what) => setAct({ what })} />
      {measures.length > standing.length && (
        <details class="history">
          <summary>{words.history}</summary>
          <Listed measures={measures.filter((measure) => !stands(measure))} />
        </details>
      )}
      {act && (
        <MeasureDialog
          act={act.what}
          measure={act.measure}
          registers={[register]}
          onClose={close}
        />
      )}
    </section>
  )
}

function Ways({ onAct }: { onAct: (act: MeasureAct) => void }) {
  const words = useWords(staffWords).measures
  const may = useRights()
  return (
    <div class="ways">
      {may('register.warn') && <Button onClick={() => onAct('warn')}>{words.warn}</Button>}
      {may('register.block') && <Button onClick={() => onAct('block')}>{words.doBlock}</Button>}
    </div>
  )
}

/** Each is lifted by itself: what else stands goes on. */
function Lift({ of: { id, kind }, onLift }: { of: Measure; onLift: (act: Act) => void }) {
  const words = useWords(staffWords).measures
  const may = useRights()
  const [right, what] =
    kind === 'block'
      ? (['register.block', 'unblock'] as const)
      : (['register.warn', 'unwarn'] as const)
  if (!may(right)) return null
  return <Button onClick={() => onLift({ what, measure: id })}>{words[what]}</Button>
}

function Listed(props: { measures: readonly Measure[]; onLift?: (act: Act) => void }) {
  const { measures, onLift } = props
  const words = useWords(staffWords).measures
  const day = (at: number) => printedMoment(at).slice(0, 16)
  return (
    <ul class="measures">
      {measures.map((measure) => {
        const { id, kind, state, reason, from, till, setBy, setAt, liftedBy, liftedAt } = measure
        return (
          <li key={id} class={`measure-row measure-${kind} measure-${state}`}>
            <div class="measure-head">
              <strong>{words[kind]}</strong>
              <span class="soft">{words.states[state]}</span>
            </div>
            <p>{reason}</p>
            <p class="soft small">
              {till === null
                ? words.sinceUntilLifted(day(from))
                : words.period(day(from), day(till))}
            </p>
            {setBy !== null && <p class="soft small">{words.setBy(setBy, day(setAt))}</p>}
            {liftedBy !== null && liftedAt !== null && (
              <p class="soft small">{words.liftedBy(liftedBy, day(liftedAt))}</p>
            )}
            {onLift && <Lift of={measure} onLift={onLift} />}
          </li>
        )
      })}
    </ul>
  )
}
