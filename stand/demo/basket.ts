/** What is bought in the pictures of the README; weights as they are typed, null for pieces. */
export const demoBasket = [
  { name: 'Хлеб «Нарочанский край» подовый 450 г', weight: null },
  { name: 'Молоко «Зялёны луг» пастеризованное 3,2 % 0,9 л', weight: null },
  { name: 'Сыр «Голландский хуторской» 45 % весовой', weight: '0,342' },
  { name: 'Яблоки «Антоновка»', weight: '1,285' },
] as const
