import type { Say } from './say.ts'

/** Refusals of keys: of whoever asks to be enrolled, and of tills that ask about themselves. */
export const enrolmentRefusalsRu = {
  'till.unproven': () => ({
    message: 'Вопрос не подписан ключом кассы',
    next: 'Подключите кассу заново',
  }),
  'enrolment.unproven': () => ({
    message: 'Заявка не подписана ключом устройства',
    next: 'Запустите кассу или СКО заново',
  }),
  'enrolment.taken': ({ device }) => ({
    message: `№ ${device ?? '…'} уже зарегистрирован у оператора`,
    next: 'Обратитесь к оператору программных касс',
  }),
  'enrolment.unknown': () => ({
    message: 'Такой заявки на подключение нет',
    next: 'Заявка подаётся заново сама',
  }),
  'enrolment.code': () => ({
    message: 'Такого кода нет, или его время вышло',
    next: 'Сверьте код с тем, что показывает касса или СКО: он меняется каждые 10 минут',
  }),
  'enrolment.guessed': ({ waitMs = 0 }) => ({
    message: 'Слишком много неверных кодов',
    next: `Повторите через ${Math.ceil(waitMs / 1000)} с`,
  }),
  'enrolment.no-device': ({ register: number }) => ({
    message: `У кассы с РН СККО ${number ?? '…'} ещё нет СКО`,
    next: 'Сначала подключите СКО, потом кассу',
  }),
  'enrolment.occupied': ({ device }) => ({
    message: `Место занято: там уже подключено № ${device ?? '…'}`,
    next: 'Проверьте РН СККО',
  }),
} satisfies Record<string, Say>
