/**
 * What an action code says about the money. `approved`: it moved; `declined`, `pick-up` and
 * `support`: it did not, and who can help; `accepted`: a message without money was taken;
 * `unclear`: ask before believing anything.
 */
export type Sort = 'approved' | 'declined' | 'pick-up' | 'support' | 'unclear' | 'accepted'

/** Action codes of ISO 8583:1993 and what a person reads. */
export const actionCodes = {
  '000': { sort: 'approved', text: 'Операция одобрена' },
  '001': { sort: 'approved', text: 'Одобрено. Проверьте документ держателя карты' },
  '002': { sort: 'unclear', text: 'Одобрена часть суммы. Остаток примите другим способом' },
  '003': { sort: 'approved', text: 'Операция одобрена (VIP)' },
  '004': { sort: 'approved', text: 'Операция одобрена' },
  '005': { sort: 'approved', text: 'Операция одобрена' },
  '006': { sort: 'unclear', text: 'Одобрена часть суммы' },
  '007': { sort: 'approved', text: 'Операция одобрена. Не извлекайте карту' },
  '100': { sort: 'declined', text: 'Банк отклонил операцию. Предложите другую карту' },
  '101': { sort: 'declined', text: 'Срок действия карты истёк' },
  '102': { sort: 'declined', text: 'Отказ банка. Предложите другой способ оплаты' },
  '103': { sort: 'declined', text: 'Отказ. Позвоните в банк-эквайер' },
  '104': { sort: 'declined', text: 'Для карты действует ограничение' },
  '105': { sort: 'declined', text: 'Отказ. Позвоните в службу безопасности эквайера' },
  '106': { sort: 'declined', text: 'Превышено число попыток ввода ПИН' },
  '107': { sort: 'declined', text: 'Отказ. Держателю обратиться в свой банк' },
  '108': { sort: 'declined', text: 'Отказ. Держателю обратиться в свой банк (особые условия)' },
  '109': { sort: 'support', text: 'Торговая точка не зарегистрирована у эквайера' },
  '110': { sort: 'declined', text: 'Недопустимая сумма' },
  '111': { sort: 'declined', text: 'Неверный номер карты' },
  '112': { sort: 'declined', text: 'Требуется ввод ПИН. Повторите с чипом' },
  '113': { sort: 'declined', text: 'Комиссия не принята' },
  '114': { sort: 'declined', text: 'Запрошенный счёт отсутствует' },
  '115': { sort: 'declined', text: 'Операция не поддерживается банком карты' },
  '116': { sort: 'declined', text: 'Недостаточно средств на карте' },
  '117': { sort: 'declined', text: 'Неверный ПИН. Повторите ввод' },
  '118': { sort: 'declined', text: 'Карта не найдена у эмитента' },
  '119': { sort: 'declined', text: 'Операция запрещена для этой карты' },
  '120': { sort: 'support', text: 'Операция запрещена для этого терминала' },
  '121': { sort: 'declined', text: 'Превышен лимит суммы по карте' },
  '122': { sort: 'declined', text: 'Нарушение безопасности. Операция отклонена' },
  '123': { sort: 'declined', text: 'Превышен лимит количества операций' },
  '124': { sort: 'declined', text: 'Операция отклонена по требованию закона' },
  '125': { sort: 'declined', text: 'Карта ещё не действует или не активирована' },
  '126': { sort: 'declined', text: 'Операция запрещена' },
  '127': { sort: 'declined', text: 'Неверная длина ПИН' },
  '128': { sort: 'support', text: 'Ошибка ключей ПИН. Обновите ключи терминала' },
  '129': { sort: 'declined', text: 'Подозрение на поддельную карту' },
  '200': { sort: 'pick-up', text: 'Отказ. Изъять карту по инструкции' },
  '201': { sort: 'pick-up', text: 'Срок истёк. Изъять карту по инструкции' },
  '202': { sort: 'pick-up', text: 'Подозрение на мошенничество. Изъять карту' },
  '203': { sort: 'pick-up', text: 'Изъять карту, позвонить эквайеру' },
  '204': { sort: 'pick-up', text: 'Карта ограничена. Изъять' },
  '205': { sort: 'pick-up', text: 'Изъять карту, позвонить в безопасность' },
  '206': { sort: 'pick-up', text: 'ПИН заблокирован. Изъять карту' },
  '207': { sort: 'pick-up', text: 'Особые условия. Изъять карту' },
  '208': { sort: 'pick-up', text: 'Карта утеряна. Изъять' },
  '209': { sort: 'pick-up', text: 'Карта украдена. Изъять' },
  '210': { sort: 'pick-up', text: 'Подделка. Изъять карту' },
  '400': { sort: 'accepted', text: 'Отмена принята' },
  '500': { sort: 'accepted', text: 'Итоги совпали' },
  '501': { sort: 'unclear', text: 'Итоги не совпали. Сообщите эквайеру' },
  '502': { sort: 'unclear', text: 'Итоги не сверены, данные банка получены' },
  '503': { sort: 'unclear', text: 'Итоги банка недоступны. Повторите позже' },
  '504': { sort: 'unclear', text: 'Итоги не сверены' },
  '600': { sort: 'accepted', text: 'Запрос принят' },
  '601': { sort: 'declined', text: 'Исходная операция не найдена' },
  '602': { sort: 'declined', text: 'Неверная ссылка на операцию' },
  '603': { sort: 'declined', text: 'Ссылка не соответствует карте' },
  '700': { sort: 'accepted', text: 'Комиссия принята' },
  '800': { sort: 'accepted', text: 'Связь с банком установлена' },
  '900': { sort: 'accepted', text: 'Уведомление принято' },
  '901': { sort: 'accepted', text: 'Уведомление принято' },
  '902': { sort: 'declined', text: 'Недопустимая операция' },
  '903': { sort: 'unclear', text: 'Повторите операцию' },
  '904': { sort: 'support', text: 'Ошибка формата. Обратитесь в поддержку' },
  '905': { sort: 'support', text: 'Эквайер не поддерживается сетью' },
  '906': { sort: 'unclear', text: 'Идёт закрытие дня в банке. Повторите позже' },
  '907': { sort: 'unclear', text: 'Банк карты недоступен' },
  '908': { sort: 'declined', text: 'Нет маршрута к банку карты' },
  '909': { sort: 'unclear', text: 'Сбой системы. Повторите позже' },
  '910': { sort: 'unclear', text: 'Банк карты отключён' },
  '911': { sort: 'unclear', text: 'Банк карты не ответил' },
  '912': { sort: 'unclear', text: 'Банк карты недоступен' },
  '913': { sort: 'unclear', text: 'Повтор запроса. Проверьте статус операции' },
  '914': { sort: 'declined', text: 'Исходная операция не найдена' },
  '915': { sort: 'declined', text: 'Ошибка закрытия дня' },
  '916': { sort: 'support', text: 'Ошибка защиты сообщения. Обновите ключи' },
  '917': { sort: 'support', text: 'Рассинхронизация ключей MAC' },
  '918': { sort: 'support', text: 'Нет ключей связи' },
  '919': { sort: 'support', text: 'Рассинхронизация ключей шифрования' },
  '920': { sort: 'unclear', text: 'Сбой защиты. Повторите' },
  '921': { sort: 'support', text: 'Сбой защиты. Обратитесь в поддержку' },
  '922': { sort: 'support', text: 'Нарушена нумерация сообщений' },
  '923': { sort: 'unclear', text: 'Запрос выполняется. Подождите и проверьте статус' },
  '950': { sort: 'support', text: 'Операция не предусмотрена договором' },
} as const satisfies Record<string, { sort: Sort; text: string }>
export type ActionCode = keyof typeof actionCodes

export const isActionCode = (text: string): text is ActionCode => Object.hasOwn(actionCodes, text)

/** An unlisted code never becomes «no». */
export const sortOf = (code: string): Sort =>
  isActionCode(code) ? actionCodes[code].sort : 'unclear'

export const actionText = (code: string): string =>
  isActionCode(code) ? actionCodes[code].text : `Банк ответил незнакомым кодом ${code}`

/** The money did not move, and the bank says so. */
export const isRefusal = (code: string): code is ActionCode =>
  ['declined', 'pick-up', 'support'].includes(sortOf(code))

/**
 * What a person reads of an operation that the bank holds as declined. The text of a code that is
 * no refusal would speak of money that moved, or of a question still open.
 */
export const refusalText = (code: string): string =>
  isRefusal(code) ? actionCodes[code].text : 'Банк не провёл операцию'
