import type { ProcessName } from '#core/api/stand.ts'
import type { Recognise } from '#services/runtime/listen.ts'
import { bankServer } from './bank-line.ts'
import type { OpenFaults } from './faults.ts'
import { type Address, answering, forwarding, openLine } from './line.ts'
import { skoServer } from './sko-line.ts'

/** Where each line begins, and where the process at its other end listens itself. */
export type LineAddresses = {
  sko: Address
  skoOwn: Address
  /** The way of this shop to the operator; a browser's way is another one. */
  operatorLine: Address
  operator: Address
  /** The way of this shop to billing; a browser's way to the cabinet is another one. */
  officeLine: Address
  office: Address
  acquirer: Address
  acquirerOwn: Address
  internetProbe: Address
}

/**
 * The lines between the processes, as the faults and the lives of the processes leave them. A line
 * to a process that is dead is cut too, so that callers meet what they would meet without it.
 */
export function openShopLines(
  at: LineAddresses,
  faults: Pick<OpenFaults, 'isOn' | 'spend'> & { declined: () => Promise<void> },
  recognise?: Recognise,
) {
  const living = new Set<ProcessName>()
  const sko = openLine(at.sko, () => skoServer({ to: at.skoOwn, spend: faults.spend, recognise }))
  const operator = openLine(at.operatorLine, () => forwarding(at.operator))
  const office = openLine(at.officeLine, () => forwarding(at.office))
  const bank = openLine(at.acquirer, () =>
    bankServer({ to: at.acquirerOwn, spend: faults.spend, decided: faults.declined }),
  )
  const probe = openLine(at.internetProbe, answering)
  const wished = (isOpen: boolean) => (isOpen ? 'open' : 'cut')
  /** Cuts at once what must be cut; resolves when the rest is open. */
  const settle = async (): Promise<void> => {
    const online = !faults.isOn('internet.down')
    const isBilled = living.has('office') && !faults.isOn('billing.down')
    const isServed = living.has('operator') && !faults.isOn('operator.down')
    await Promise.all([
      sko.be(wished(living.has('sko'))),
      operator.be(wished(online && isServed)),
      office.be(wished(online && isBilled)),
      bank.be(wished(online && living.has('acquirer'))),
      probe.be(wished(online)),
    ])
  }
  return {
    settle,
    rose: (name: ProcessName): Promise<void> => {
      living.add(name)
      return settle()
    },
    fell: (name: ProcessName): void => {
      living.delete(name)
      if (name === 'sko') void sko.be('cut')
      if (name === 'operator') void operator.be('cut')
      if (name === 'office') void office.be('cut')
      if (name === 'acquirer') void bank.be('cut')
    },
    close: async (): Promise<void> => {
      await Promise.all([sko, operator, office, bank, probe].map((line) => line.be('cut')))
    },
  }
}

export type ShopLines = ReturnType<typeof openShopLines>
