import type { BillingName } from '../../billing/lease.ts'
import { printedMoment } from '../../time.ts'

/** What is told of billing: the manual's text (§2), and the step that helps. */
export type BillingSay = (account: string | null) => { message: string; next: string }

const CONTACT = 'Обратитесь в СООО "ЭКСКАТ-БЕЛ". Контакты для связи на сайте https://zpos.by'
const CONTRACT_FAULT = 'Ошибка при оформлении договора. Обратитесь в СООО «ЭКСКАТ-БЕЛ»'
const ENDING = 'Подписка на использование zPOS.Касса заканчивается.'
const CABINET = 'в Личном кабинете https://private.zpos.by'
const numbered = (text: string, account: string | null) =>
  `${text} Номер лицевого счета: ${account ?? '…'}`

export const billingRu = {
  states: {
    'serial-unknown': () => ({
      message: `SN оборудования не найден. ${CONTACT}`,
      next: CONTRACT_FAULT,
    }),
    'no-contract': () => ({
      message: 'Договор еще не оформлен. Обратитесь в СООО «ЭКСКАТ-БЕЛ».',
      next: 'Оформите договор на zPOS.Касса, контакты на сайте https://zpos.by',
    }),
    'unp-mismatch': () => ({
      message:
        'УНП, указанный в настройках кассы, не совпадает с УНП, указанным в договоре ' +
        `на zPOS.Касса. ${CONTACT}`,
      next: CONTRACT_FAULT,
    }),
    'no-subscription': (account) => ({
      message: numbered(
        'Подписка на использование zPOS.Касса в настоящий момент отсутствует. ' +
          `Пожалуйста, оформите заказ ${CABINET}`,
        account,
      ),
      next: 'Необходимо зайти в личный кабинет https://private.zpos.by и оформить подписку на ПО',
    }),
    'update-required': () => ({
      message:
        'Ваше оборудование zPOS.Касса нуждается в обязательном обновлении программного ' +
        'обеспечения! Вам необходимо зайти в "Магазин приложений" (на рабочем столе) и обновить ' +
        'приложения: Убедитесь в том, что в "Магазине приложений" включено "Автообновление". ' +
        'Для автоматического обновления ПО следует периодически (минимум один раз в неделю) ' +
        'производить перезагрузку оборудования.',
      next: 'Необходимо зайти в магазин приложений и обновить версию ПО до актуальной',
    }),
    ending: (account) => ({
      message: numbered(
        `${ENDING} Пожалуйста, пополните лицевой счет и оформите заказ ${CABINET}`,
        account,
      ),
      next: 'Необходимо зайти в личный кабинет https://private.zpos.by и продлить подписку на ПО',
    }),
    'ending-no-funds': (account) => ({
      message: numbered(
        `${ENDING} На лицевом счете недостаточно средств для автоматического продления подписки. ` +
          `Пожалуйста, пополните лицевой счет ${CABINET}`,
        account,
      ),
      next: 'Необходимо зайти в личный кабинет https://private.zpos.by и продлить подписку на ПО',
    }),
    ok: () => ({ message: 'Подписка на zPOS.Касса действует', next: 'Можно работать' }),
    unheard: () => ({
      message: 'Биллинг zPOS не отвечает больше восьми дней, открывать смену нельзя',
      next:
        'Проверьте подключение к сети Интернет и нажмите «Проверить ещё раз». Если связь есть, ' +
        'обратитесь в СООО "ЭКСКАТ-БЕЛ", контакты на сайте https://zpos.by',
    }),
  } satisfies Record<BillingName, BillingSay> as Record<BillingName, BillingSay>,
  title: 'Сообщение от биллинга',
  account: 'Лицевой счет',
  checkAgain: 'Проверить ещё раз',
  unanswered: 'Биллинг не ответил, в силе прежний ответ. Проверьте подключение к сети Интернет',
  read: 'Понятно',
  grace: (until: number) =>
    `Биллинг zPOS давно не отвечает. Смены открываются до ${printedMoment(until).slice(0, 16)}, ` +
    'проверьте подключение к сети Интернет',
}
export type BillingWords = typeof billingRu
