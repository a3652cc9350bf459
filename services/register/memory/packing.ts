import { deflateRawSync, inflateRawSync } from 'node:zlib'

// Lines of the journal are short and alike: what they share stands here once, not in each of them.
// It may never change, or lines that were packed with it could not be read any more; what new lines
// have in common goes into a dictionary of the next number.
const FIRST = Buffer.from(
  '{"type":"printed","id":"0197a2b4","at":179541360,"code":"4810000000","value":-1' +
    '{"type":"heard","id":"019","event":{"type":"bank","outcome":"approved","approval":{"rrn":"' +
    '{"type":"presented","attempt":{"mark":{"at":1795,"stan":1},"undo":{"masked":"' +
    '{"type":"told","by":"sko","verdict":"never","person":"evidence":{"device":"operator":"claim' +
    '{"type":"device","outcome":"done","signed":{"sealed":{"body":"{\\"v\\":1,\\"issuer\\":{' +
    '\\"company\\":\\"\\\\\\"\\",\\"unp\\":\\"19\\",\\"place\\":\\"\\\\\\"\\",\\"address\\":\\"' +
    '\\",\\"registerNumber\\":1,\\"device\\":\\"AVQ110\\"},\\"number\\":1,\\"shift\\":1,' +
    '\\"kind\\":\\"refund\\",\\"kind\\":\\"sale\\",\\"at\\":1795,\\"cashier\\":\\"\\",' +
    '\\"currency\\":\\"BYN\\",\\"operation\\":\\"0197-7000-8000-\\",\\"lines\\":[{\\"name\\":\\"' +
    '\\",\\"code\\":null,\\"price\\":1,\\"quantity\\":1000,\\"discount\\":0,\\"markup\\":0,' +
    '\\"vat\\":20},{\\"name\\":\\"\\",\\"code\\":\\"481\\",\\"price\\":1,\\"quantity\\":1000,' +
    '\\"discount\\":0,\\"markup\\":0,\\"vat\\":10}],\\"discount\\":0,\\"markup\\":0,' +
    '\\"payments\\":[{\\"means\\":\\"card\\",\\"sum\\":1},{\\"means\\":\\"cash\\",\\"sum\\":1}],' +
    '\\"settlement\\":{\\"cash\\":1,\\"card\\":0,\\"other\\":0,\\"change\\":0},\\"sum\\":1,' +
    '\\"vat\\":[{\\"rate\\":10,\\"gross\\":1,\\"vat\\":1},{\\"rate\\":20,\\"gross\\":1,' +
    '\\"vat\\":1}],\\"basis\\":null,\\"cash\\":1,\\"report\\":null,\\"previous\\":\\"' +
    '\\"}","hash":"","uid":"","signature":"ed25519:=="}}}}' +
    '{"type":"begun","operation":{"id":"019","kind":"refund","kind":"sale","cashier":"","begunAt"' +
    ':' +
    '1795,"command":{"kind":"sale","cashier":"","lines":[{"name":"","price":1,"quantity":1000,' +
    '"code":null,"discount":0,"markup":0,"vat":10},{"name":"","price":1,"quantity":1000,"code":"' +
    '481","discount":0,"markup":0,"vat":20}],"discount":0,"markup":0,"payments":[{"means":"cash",' +
    '"sum":1}],"total":1,"basis":null},"expected":1,"guessed":false,"bytes":"{\\"type\\":\\"send' +
    '\\",\\"address\\":\\"ik.service.token.sales.retail\\",\\"headers\\":{\\"action\\":\\"' +
    'create_sale\\",\\"token\\":\\"AVQ110\\",\\"operation_id\\":\\"0197-7000-8000-\\",' +
    '\\"expected_number\\":1},\\"data\\":{\\"sale\\":{\\"header\\":{\\"cashier\\":\\"\\",' +
    '\\"currency\\":\\"BYN\\"},\\"items\\":[{\\"name\\":\\"\\",\\"code\\":{\\"code\\":\\"481\\"},' +
    '\\"quantity\\":\\"1.000\\",\\"price\\":\\"1.00\\",\\"discount\\":\\"0.00\\",\\"markup\\":' +
    '\\"0.00\\",\\"tax_rate\\":\\"tax20\\"},{\\"name\\":\\"\\",\\"quantity\\":\\"1.000\\",' +
    '\\"price\\":\\"1.00\\",\\"discount\\":\\"0.00\\",\\"markup\\":\\"0.00\\",\\"tax_rate\\":' +
    '\\"tax10\\"}],\\"payments\\":[{\\"payment_type\\":\\"cashless\\",\\"payment_type\\":\\"cash' +
    '\\",\\"value\\":\\"1.00\\"}],\\"cheque_discount\\":\\"0.00\\",\\"cheque_markup\\":' +
    '\\"0.00\\",' +
    '\\"total\\":\\"1.00\\"}}}","sum":1,"payments":[{"means":"cash","sum":1}],"of":null,' +
    '"returns":[],"request":"","card":null,"authorisation":"none","reached":"no","state":{"is":' +
    '"intended","stage":"fiscal"},"signed":null,"claim":null,"notice":null}}',
)

const dictionaries = [FIRST] as const
const NEWEST = dictionaries.length - 1

/** Packs a text; the first byte tells the dictionary. Another version may pack it otherwise. */
export function pack(text: string): Uint8Array {
  const dictionary = dictionaries[NEWEST]
  // A small window and little memory: a line is short, and its sale is waiting.
  const body = deflateRawSync(text, { dictionary, level: 2, windowBits: 13, memLevel: 5 })
  const packed = new Uint8Array(body.length + 1)
  packed[0] = NEWEST
  packed.set(body, 1)
  return packed
}

/** The text that was packed; throws on bytes that `pack` did not make. */
export function unpack(packed: Uint8Array): string {
  const dictionary = dictionaries[packed[0] ?? -1]
  if (!dictionary) throw new Error(`packed with dictionary ${packed[0]}, which is not known`)
  return inflateRawSync(packed.subarray(1), { dictionary }).toString('utf8')
}
