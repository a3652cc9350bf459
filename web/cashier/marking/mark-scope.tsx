import type { Status } from '#core/api/register.ts'
import { markScope } from '#core/api/register-settings.ts'
import { markScopes } from '#core/document/mark.ts'
import { markingWords } from '#core/words/marking.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import { register } from '../register.ts'
import { till } from '../till.ts'

/** Which codes of marked units this shop scans, as the law's exceptions have it. */
export function MarkScopeChoice({ chosen }: { chosen: Status['marking'] }) {
  const words = useWords(markingWords)
  const choose = async (value: string) => {
    const answer = await register.changeSettings({ marking: markScope.parse(value) })
    if (answer.kind !== 'done') till.set({ trouble: answer })
  }
  return (
    <li class="function">
      <Select
        label={words.label}
        value={chosen}
        options={markScopes.map((value) => ({ value, text: words.scopes[value] }))}
        onChoice={(value) => void choose(value)}
      />
    </li>
  )
}
