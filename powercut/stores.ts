import { acquirer } from './acquirer.ts'
import { office } from './office.ts'
import { operator } from './operator.ts'
import { register } from './register.ts'
import { sko } from './sko.ts'
import { stand } from './stand.ts'
import type { Store } from './store.ts'
import { updater } from './updater.ts'

/** Every process that has a store, by name. */
export const stores = {
  register,
  sko,
  operator,
  office,
  acquirer,
  stand,
  updater,
} as const satisfies Record<string, Store>
export type StoreName = keyof typeof stores
export const storeNames = Object.keys(stores) as StoreName[]
