import { z } from 'zod'
import type { Right } from '../access/rights.ts'
import { markScopes } from '../document/mark.ts'
import { endpoint } from './contract.ts'
import { cashCounting } from './register-cash-up.ts'

// What a shop sets for all who work at the till, a part of the register's contract.

/** Of what the shop prints (R25). */
export const paperLanguage = z.enum(['ru', 'be'])
export type PaperLanguage = z.output<typeof paperLanguage>

/** Which codes of marked units are scanned here. */
export const markScope = z.enum(markScopes)

/** `clearing`: operations are cleared up without a person. */
export const settings = z.object({
  clearing: z.boolean(),
  paperLanguage,
  /** How cash is counted before a shift is closed, and whether what should be there is said. */
  cashCount: cashCounting,
  blindCount: z.boolean(),
  /** Which codes of marked units are scanned, as the law and its exceptions have it. */
  marking: markScope,
  /** Customers may get their receipts by mail (N13). */
  electronicReceipt: z.boolean(),
})
export type Settings = z.output<typeof settings>
const rightOfSetting = {
  clearing: 'clearing.switch',
  paperLanguage: 'settings.edit',
  cashCount: 'settings.edit',
  blindCount: 'settings.edit',
  marking: 'settings.edit',
  electronicReceipt: 'settings.edit',
} as const satisfies Record<keyof Settings, Right>

export const settingEndpoints = {
  settings: endpoint({
    route: 'GET /api/settings',
    right: 'signed-in',
    input: z.object({}),
    reply: settings,
    refusals: [],
  }),
  changeSettings: endpoint({
    route: 'PUT /api/settings',
    right: { fields: rightOfSetting },
    input: settings.partial(),
    reply: settings,
    refusals: [],
  }),
}
