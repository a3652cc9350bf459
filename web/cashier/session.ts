import { go, pause } from '#web/ui/hooks.ts'
import type { Trouble } from '#web/ui/trouble.ts'
import { resume } from './operations.ts'
import { register } from './register.ts'
import { till } from './till.ts'

/** Asks who is signed in until the register answers. */
export async function restoreSession(): Promise<void> {
  for (;;) {
    const answer = await register.session({})
    if (answer.kind === 'done') {
      till.set({ session: answer.value, live: true })
      resume()
      return
    }
    if (answer.kind === 'refused') {
      till.set({ session: null, live: true })
      return
    }
    till.set({ live: false })
    await pause(1500)
  }
}

/** Returns why not, null when signed in. */
export async function signIn(user: string, pin: string): Promise<Trouble | null> {
  const answer = await register.signIn({ user, pin })
  if (answer.kind !== 'done') return answer
  // What was not begun outlives the sign-in that it is about.
  if (till.get().trouble?.kind !== 'not-begun') till.set({ trouble: null })
  till.set({ session: answer.value, notice: null })
  resume()
  return null
}

/** An operation under way goes on; the basket stays for whoever comes next. */
export async function signOut(): Promise<void> {
  const answer = await register.signOut({})
  if (answer.kind === 'unknown' || answer.kind === 'unsent') {
    till.set({ trouble: answer })
    return
  }
  till.set({ session: null, status: null, open: [] })
  go('#/menu')
}

/** An X-report is printed each time, so it is asked for by a press and never by an address. */
export async function takeXReport(): Promise<void> {
  till.set({ trouble: null })
  const answer = await register.xReport({})
  if (answer.kind === 'done') {
    till.set({ xReport: answer.value })
    go('#/x-report')
    return
  }
  till.set({ trouble: answer })
}
