import { formatMoney } from '#core/money.ts'

/**
 * «1 234.56»: the gap is drawn, not written, so that the text stays «1234.56». `currency`: says
 * what money it is, where a sum stands by itself (H8).
 */
export function Money({ sum, currency }: { sum: number; currency?: boolean }) {
  const [whole = '', kopecks = ''] = formatMoney(sum).split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ' ').split(' ')
  return (
    <span class="money">
      {groups.map((group, place) =>
        place === 0 ? group : <i key={groups.length - place}>{group}</i>,
      )}
      .{kopecks}
      {currency && <small class="currency" data-currency="BYN" />}
    </span>
  )
}
