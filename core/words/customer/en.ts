import type { CustomerWords } from './ru.ts'

export const customerEn: CustomerWords = {
  title: 'Customer’s screen',
  welcome: 'Welcome!',
  total: 'To pay',
  discount: 'Discount',
  paid: 'Paid',
  change: 'Change',
  thanks: 'Thank you!',
  qr: 'Electronic receipt',
  heading: 'Customer’s screen',
  note: 'A second window of this browser: lines, sum, change and the receipt’s QR code',
  open: 'Open the screen',
  tryIt: 'Try the screen',
  trying: 'The screen is being asked…',
  there: 'The screen is there',
  none: 'The screen does not answer',
  noneNext: 'Open it by “Open the screen” and move it to the second monitor',
  scanLost: (codes) =>
    `The till has not taken the code: ${codes}. Scan it in the window of the till.`,
  scanLostRead: 'Understood',
  before: (lines) => `Lines above: ${lines}`,
  size: (width, height) => `${width} × ${height} pixels`,
}
