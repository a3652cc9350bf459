import { done, type Handlers } from '#core/api/contract.ts'
import type { updateEndpoints } from '#core/api/register-updates.ts'
import { install } from '../operating/installing.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

/** The app store (U1, U2): what there is, installing, by hand or by itself. */
export function updateHandlers(register: Register): Handlers<typeof updateEndpoints, SignedIn> {
  const { updates, settings } = register
  return {
    checkUpdates: async () => {
      await updates.check()
      return done({ update: updates.view() })
    },
    installUpdate: ({ version }, { person }) => install(register, version, person.user),
    autoUpdate: async ({ on }, { person }) => {
      if (on !== settings.autoUpdate()) settings.setAutoUpdate(on, person.user)
      return done({ update: updates.view() })
    },
  }
}
