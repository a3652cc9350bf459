import { useState } from 'preact/hooks'
import type { TerminalTried } from '#core/api/register-equipment.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useWords } from '#web/ui/language.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { Told } from '../people/person-editor.tsx'
import { register } from '../register.ts'

/** K4: the bank is asked whether it is there, and whether it is the bank; nothing is charged. */
export function TerminalTry() {
  const words = useWords(equipmentWords)
  const [busy, setBusy] = useState(false)
  const [heard, setHeard] = useState<TerminalTried | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const ask = async () => {
    setBusy(true)
    setHeard(null)
    setTrouble(null)
    const answer = await register.tryTerminal({})
    setBusy(false)
    if (answer.kind === 'done') setHeard(answer.value)
    else setTrouble(answer)
  }
  return (
    <section class="equipment-form" aria-label={words.terminal}>
      <h2>{words.terminal}</h2>
      <p class="soft">{words.terminalNote}</p>
      <Told trouble={trouble} />
      {heard && <WhatTheBankSaid tried={heard} />}
      <div class="equipment-buttons">
        <Button big busy={busy} onClick={() => void ask()}>
          {busy ? words.tryingTerminal : words.tryTerminal}
        </Button>
      </div>
    </section>
  )
}

function WhatTheBankSaid({ tried: { heard, code, day, ms } }: { tried: TerminalTried }) {
  const words = useWords(equipmentWords)
  const { title, next } = words.terminalHeard[heard]
  const more = [
    day === null ? '' : words.bankDay(day),
    code === null ? '' : words.bankCode(code),
    heard === 'none' || heard === 'unsent' ? '' : words.took(ms),
  ].filter(Boolean)
  const tone = heard === 'connected' ? 'green' : heard === 'forged' ? 'red' : 'amber'
  return <Alert tone={tone} title={[title, ...more].join(' · ')} next={next} />
}
