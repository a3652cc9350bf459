// Strokes on a 24 × 24 field; drawn here so that no font and no kit is loaded.
const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4 4',
  back: 'M19 12H5m6-6-6 6 6 6',
  forward: 'M5 12h14m-6-6 6 6-6 6',
  close: 'M6 6l12 12M18 6 6 18',
  minus: 'M6 12h12',
  plus: 'M12 6v12M6 12h12',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cart: 'M3 4h2.5l2.3 11h9.7L20 7.5H6.4M9 20h.01M16 20h.01',
  cash: 'M3 7h18v10H3zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM6 10v4M18 10v4',
  card: 'M3 6h18v12H3zM3 10h18M6.5 14.5h4',
  mixed: 'M3 5h13v8H3zM8 17v2h13v-8h-2M9.5 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7S7 7 7 4.7 11 3 12 7Zm0 0s5 0 5-2.3S13 3 12 7Z',
  into: 'M12 3v10m-4-4 4 4 4-4M4 15v5h16v-5',
  out: 'M12 13V3M8 7l4-4 4 4M4 15v5h16v-5',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  open: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 5.8-1',
  closed: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3',
  chart: 'M5 20V10M12 20V4M19 20v-7',
  trend: 'M4 19V5m0 14h16M7.500 15l4-5 3 3 5-7',
  sealed: 'M6 3h12v18H6zM9 8h6M9 12h6m-6 5 1.5 1.5L14 15',
  settings:
    'M4 7h9m4 0h3M4 17h3m4 0h9M13 7a2 2 0 0 0 4 0 2 2 0 0 0-4 0M7 17a2 2 0 0 0 4 0 2 2 0 0 0-4 0',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  printer: 'M7 9V3h10v6M5 9h14v8h-2v4H7v-4H5zM7 15h10',
  cloud: 'M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9.5 4.3 4.3 0 0 1 17.5 18M12 20v-7m-3 3 3-3 3 3',
  erase: 'M9 5h11v14H9l-6-7zM12 9.500l5 5M17 9.500l-5 5',
  warning: 'M12 4 2.5 20h19zM12 10v4.500M12 17.300h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.500M12 7.800h.01',
  percent: 'M6 18 18 6M7 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  pause: 'M8 5v14M16 5v14',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  screen: 'M3 5h18v11H3zM9 20h6M12 16v4',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
} as const
export type IconName = keyof typeof paths

/** A picture beside words; it says nothing by itself. */
export const Icon = ({ name, size = 22 }: { name: IconName; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
)
