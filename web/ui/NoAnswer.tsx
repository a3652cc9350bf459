import { controlsWords } from '#core/words/controls.ts'
import { Alert } from './Alert.tsx'
import { Button } from './Button.tsx'
import { useWords } from './language.ts'

/** In place of what a server did not tell: why, and a button that asks again. */
export const NoAnswer = ({ told, again }: { told: string; again: () => void }) => (
  <Alert tone="red" title={told}>
    <Button onClick={again}>{useWords(controlsWords).retry}</Button>
  </Alert>
)
