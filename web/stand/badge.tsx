/** A state in one word. */
export const Badge = ({ tone, text }: { tone: 'green' | 'amber' | 'red'; text: string }) => (
  <span class={`badge badge-${tone}`}>{text}</span>
)
