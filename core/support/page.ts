import { formatMoney, kopecks } from '../money.ts'
import { type Moment, printedMoment } from '../time.ts'
import { actsWords } from '../words/acts.ts'
import type { Language } from '../words/language.ts'
import { operationsWords } from '../words/operations.ts'
import type { SupportWords } from '../words/support/ru.ts'
import { supportWords } from '../words/support.ts'
import type { NeighbourSaid, Plain, SupportAct, SupportFile, SupportOperation } from './file.ts'
import type { StepFacts, SupportStep } from './steps.ts'

// The file as a page: opened from a disk, by anybody, years later. It runs nothing and fetches
// nothing, and all that was ever typed is escaped.

type Html = { html: string }
type Part = Html | string | number | null | readonly Part[]

/** Markup of ours, every value in it escaped. */
const html = (strings: TemplateStringsArray, ...values: Part[]): Html => ({
  html: strings
    .map((text, i) => text + (i < values.length ? shown(values[i] ?? null) : ''))
    .join(''),
})

function shown(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'object') return 'html' in part ? part.html : part.map(shown).join('')
  return escaped(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** Nothing in it can end the element that it stands in, whatever was typed. */
const embedded = (file: SupportFile): Html => ({
  html: JSON.stringify(file, null, 1).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
})

const STYLE: Html = {
  html: `
:root{color-scheme:light}
body{margin:0;background:#f2f4ef;color:#18201b;
font:16px/1.45 "Segoe UI",Roboto,"Noto Sans",system-ui,sans-serif}
main{max-width:1100px;margin:0 auto;padding:16px}
h1{font-size:24px;margin:8px 0}
h2{font-size:20px;margin:28px 0 8px}
h3{font-size:17px;margin:0 0 8px}
h4{font-size:15px;margin:16px 0 4px}
section.card{background:#fff;border:1px solid #dbdfd5;border-radius:10px;
padding:14px;margin:12px 0}
dl{display:grid;grid-template-columns:minmax(120px,260px) 1fr;gap:4px 14px;margin:0}
dt{color:#525c55}
dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;
border-bottom:1px solid #dbdfd5;overflow-wrap:anywhere}
th{overflow-wrap:normal}
ol{list-style:none;margin:0;padding:0}
ol>li{border-left:3px solid #dbdfd5;padding:4px 0 6px 10px;overflow-wrap:anywhere}
ol>li.no{border-color:#b0241b;background:#fbe8e5}
ol>li.yes{border-color:#0e6a4d}
time,code{font-family:"Cascadia Mono","Roboto Mono","DejaVu Sans Mono",monospace;font-size:14px}
.soft{color:#525c55}
.who{font-weight:600}
@media(max-width:560px){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{body{background:#fff}section.card{break-inside:avoid}}
`,
}

/** The whole file: a page for people, and the same as JSON in it for programs. */
export function supportPage(file: SupportFile): string {
  const { language, till } = file
  const words = supportWords[language]
  const title = words.title(String(till.registerNumber ?? till.device))
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${headOf(file, words)}
<h2>${words.neighbours}</h2>
${heardTable(file.heard, words)}
<p class="soft">${words.silence}</p>
<h2>${words.healthHeading}</h2>
${listOf(words.health, file.health, words)}
<h2>${words.settingsHeading}</h2>
${listOf(words.settings, file.settings, words)}
<h2>${words.operations}</h2>
${operationsOf(file, words)}
<h2>${words.acts}</h2>
${actsOf(file.acts, language)}
<p class="soft">${words.data}</p>
</main>
<script type="application/json" id="data">
${embedded(file)}
</script>
</body>
</html>
`
  return page.html
}

type Row = readonly [string, Part]

const dlOf = (rows: readonly Row[]): Html =>
  html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`

/** To the millisecond: what several processes wrote within a second keeps its order. */
const exactly = (at: Moment): Html =>
  html`<time>${printedMoment(at)}.${String(at % 1000).padStart(3, '0')}</time>`

function headOf({ madeAt, madeBy, asked, till }: SupportFile, words: SupportWords): Html {
  const about = {
    operation: () => words.askedOf.operation('operation' in asked ? asked.operation : ''),
    day: () => words.askedOf.day('day' in asked ? asked.day : ''),
    last: () => words.askedOf.last('count' in asked ? asked.count : 0),
  }[asked.is]()
  return dlOf([
    [words.madeAt, exactly(madeAt)],
    [words.madeBy, madeBy],
    [words.asked, about],
    [words.company, till.company ?? words.nothing],
    [words.unp, till.unp ?? words.nothing],
    [words.registerNumber, till.registerNumber ?? words.nothing],
    [words.device, till.device],
    [words.equipment, till.equipment ?? words.nothing],
    [words.version, till.version],
    [words.system, `${till.node}, ${till.platform}`],
  ])
}

function heardTable(heard: readonly NeighbourSaid[], words: SupportWords): Part {
  if (heard.length === 0) return null
  return html`<table><thead><tr>
<th scope="col">${words.neighbour}</th><th scope="col">${words.answer}</th>
<th scope="col">${words.took}</th></tr></thead><tbody>
${heard.map(
  ({ who, verdict, ms, facts }) => html`<tr><th scope="row">${words.speakers[who]}</th>
<td>${words.verdicts[verdict]}${factsOf(facts, words)}</td>
<td>${ms === null ? words.nothing : words.ms(ms)}</td></tr>`,
)}
</tbody></table>`
}

const MOMENTS = new Set(['shiftOpenedAt', 'oldestUnsentAt', 'documentAt'])
const SUMS = new Set(['cash', 'carried', 'sum'])

function plainOf(name: string, value: Plain, words: SupportWords): Part {
  if (value === null || value === '') return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number' && MOMENTS.has(name)) return exactly(value)
  if (typeof value === 'number' && SUMS.has(name)) return formatMoney(kopecks(value))
  return value
}

const listOf = <Name extends string>(
  titles: Readonly<Record<Name, string>>,
  values: Readonly<Record<Name, Plain>>,
  words: SupportWords,
): Html =>
  dlOf(
    (Object.keys(titles) as Name[]).map((name) => [
      titles[name],
      plainOf(name, values[name], words),
    ]),
  )

const factNames = (words: SupportWords) => Object.keys(words.facts) as (keyof StepFacts)[]

function factsOf(facts: StepFacts, words: SupportWords): Part {
  const told = factNames(words).flatMap((name) => {
    const value = facts[name]
    return value === undefined ? [] : [{ name, value }]
  })
  if (told.length === 0) return null
  return html`<div class="soft">${told.map(({ name, value }, i) => [
    i === 0 ? '' : ' · ',
    words.facts[name],
    ' ',
    html`<code>${factOf(name, value, words)}</code>`,
  ])}</div>`
}

/** What another process said is no word of ours yet. */
function factOf(name: keyof StepFacts, value: string | number, words: SupportWords): Part {
  if (name !== 'device' && name !== 'operator') return plainOf(name, value, words)
  return endIn(String(value), words)
}

const endIn = (verdict: string, { ends, verdicts }: SupportWords): string => {
  const known: Readonly<Record<string, string>> = Object.assign({}, verdicts, ends)
  return Object.hasOwn(known, verdict) ? (known[verdict] ?? verdict) : verdict
}

function operationsOf({ operations, isCut, language }: SupportFile, words: SupportWords): Part {
  if (operations.length === 0) return html`<p>${words.noOperations}</p>`
  return [
    ...operations.map((operation) => operationOf(operation, language)),
    ...(isCut ? [html`<p>${words.cut}</p>`] : []),
  ]
}

function operationOf(operation: SupportOperation, language: Language): Html {
  const words = supportWords[language]
  const titles = operationsWords[language]
  const { id, kind, document, stored, printedAt, heard, steps, left } = operation
  const sum = formatMoney(kopecks(operation.sum))
  const paid = operation.payments.map(
    ({ means, sum: part }) => `${titles.means[means]} ${formatMoney(kopecks(part))}`,
  )
  const rows: Row[] = [
    [words.operation, html`<code>${id}</code>`],
    [words.state, stateOf(operation, words)],
    [words.begunAt, exactly(operation.begunAt)],
    [actsWords[language].columns.person, operation.cashier],
    [words.payments, paid.join(', ') || words.nothing],
    [words.lines, operation.lines],
    ...(operation.of === null ? [] : [[words.basis, html`<code>${operation.of}</code>`] as const]),
    [words.document, document ? documentOf(document, words) : words.nothing],
    [words.stored, stored === null ? words.nothing : stored ? words.yes : words.no],
    [words.printedAt, printedAt === null ? words.nothing : exactly(printedAt)],
  ]
  return html`<section class="card" id="${id}">
<h3>${titles.kinds[kind]} ${sum}${document ? ` № ${document.number}` : ''}</h3>
${dlOf(rows)}
${heard.length > 0 ? html`<h4>${words.neighbours}</h4>` : null}
${heardTable(heard, words)}
<h4>${words.timeline}</h4>
<ol>${steps.map((step) => stepOf(step, words))}</ol>
${left > 0 ? html`<p>${words.left(left)}</p>` : null}
</section>
`
}

const stateOf = ({ state, proof, code }: SupportOperation, words: SupportWords): string =>
  [words.states[state], proof === null ? '' : endIn(proof, words), code ?? '']
    .filter(Boolean)
    .join(', ')

const documentOf = (
  { number, documentAt, uid, hash }: NonNullable<SupportOperation['document']>,
  words: SupportWords,
): Html => html`№ ${number}, ${exactly(documentAt)}${factsOf({ uid, hash }, words)}`

const lost = new Set(['unknown', 'silent', 'away', 'distrusted'])

function stepOf(step: SupportStep, words: SupportWords): Html {
  const { seq, at, by, what, verdict, state, facts, hash } = step
  const tone =
    verdict === 'done' || verdict === 'approved' ? 'yes' : lost.has(verdict ?? '') ? 'no' : ''
  const said = verdict === null ? '' : `: ${endIn(verdict, words)}`
  const became = state === null ? '' : ` → ${words.becomes}: ${words.states[state]}`
  return html`<li class="${tone}">${exactly(at)} <span class="who">${words.speakers[by]}</span>
${words.steps[what]}${said}<span class="soft">${became}</span>
${factsOf(facts, words)}<span class="soft">№ ${seq}, <code>${hash}</code></span></li>
`
}

function actsOf(acts: readonly SupportAct[], language: Language): Part {
  const words = supportWords[language]
  if (acts.length === 0) return html`<p>${words.noActs}</p>`
  const { columns, titles, nobody } = actsWords[language]
  return html`<table><thead><tr><th scope="col">№</th><th scope="col">${columns.at}</th>
<th scope="col">${columns.person}</th><th scope="col">${columns.what}</th></tr></thead><tbody>
${acts.map(
  (act) => html`<tr><td>${act.seq}</td><td>${exactly(act.at)}</td><td>${act.person ?? nobody}</td>
<td>${titles[act.what]}${actOf(act, language)}</td></tr>
`,
)}</tbody></table>`
}

function actOf({ operation, kind, sum, code, changed, isWhole }: SupportAct, language: Language) {
  const words = supportWords[language]
  const { fields } = actsWords[language]
  const told = [
    kind === null ? '' : operationsWords[language].kinds[kind],
    sum === null || sum === 0 ? '' : formatMoney(kopecks(sum)),
    code ?? '',
    changed.length === 0 ? '' : words.changed(changed.map((field) => fields[field]).join(', ')),
    operation ?? '',
    isWhole ? '' : words.broken,
  ].filter(Boolean)
  return told.length === 0 ? null : html`<div class="soft">${told.join(' · ')}</div>`
}
