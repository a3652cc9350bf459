import { z } from 'zod'
import { endpoint } from './contract.ts'
import { enrolling, pairing } from './operator-enrolment.ts'

const none = z.object({})

/** The device service beside tsrv: how its devices come to the operator and to their tills. */
export const skoApi = {
  /** Devices that wait to be connected, each with its code; told to the machine itself. */
  enrolment: endpoint({
    route: 'GET /enrolment',
    right: 'public',
    input: none,
    reply: z.object({ waiting: z.array(enrolling) }),
    refusals: ['address.foreign'],
  }),
  /** The till shows that the operator has made it the device's; the newest word counts. */
  pair: endpoint({
    route: 'POST /pairing',
    right: 'public',
    input: pairing,
    reply: none,
    refusals: ['pairing.refused'],
  }),
}
