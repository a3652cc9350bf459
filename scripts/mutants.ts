import ts from 'typescript'

/** One change of a source. `from` and `to` are offsets in it; `text` is what would stand there. */
export type Mutant = {
  number: number
  from: number
  to: number
  text: string
  line: number
  /** What is changed, in a few words of code. */
  says: string
}

type Edit = { number: number; node: ts.Node; text: string; as: 'expression' | 'gone' }
type Change = { text: string; says: string }

const operators: Partial<Record<ts.SyntaxKind, readonly string[]>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.EqualsEqualsToken]: ['!='],
  [ts.SyntaxKind.ExclamationEqualsToken]: ['=='],
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
  [ts.SyntaxKind.AsteriskToken]: ['/'],
  [ts.SyntaxKind.SlashToken]: ['*'],
  [ts.SyntaxKind.PercentToken]: ['*'],
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.QuestionQuestionToken]: ['&&'],
  [ts.SyntaxKind.AmpersandToken]: ['|'],
  [ts.SyntaxKind.BarToken]: ['&'],
  [ts.SyntaxKind.LessThanLessThanToken]: ['>>'],
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: ['<<'],
  [ts.SyntaxKind.PlusEqualsToken]: ['-='],
  [ts.SyntaxKind.MinusEqualsToken]: ['+='],
}

/** Calls that are swapped, or left out where the other name is empty: `list.filter(f)` → `list`. */
const calls: Record<string, string> = {
  every: 'some',
  some: 'every',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  padStart: 'padEnd',
  padEnd: 'padStart',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  filter: '',
  slice: '',
  sort: '',
  toSorted: '',
  reverse: '',
  toReversed: '',
  trim: '',
  toUpperCase: '',
  toLowerCase: '',
}

/**
 * All mutants of a source, and the source with all of them in it: each stands behind
 * `__mutant(number)`, so that one loading serves them all. Types are still in it.
 */
export function mutantsOf(name: string, source: string): { mutants: Mutant[]; all: string } {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true)
  const edits = new Map<ts.Node, Edit[]>()
  const mutants: Mutant[] = []
  const see = (node: ts.Node): void => {
    if (isOfTypes(node)) return
    for (const { node: at, text, says, as } of changesOf(node, file)) {
      const number = mutants.length
      edits.set(at, [...(edits.get(at) ?? []), { number, node: at, text, as }])
      const from = at.getStart(file)
      const { line } = file.getLineAndCharacterOfPosition(from)
      mutants.push({ number, from, to: at.end, text, line: line + 1, says })
    }
    ts.forEachChild(node, see)
  }
  see(file)
  return { mutants, all: written(file, file, edits) }
}

const isOfTypes = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isTypeNode(node)

/** The source of a node with every edit inside of it in place. */
function written(node: ts.Node, file: ts.SourceFile, edits: Map<ts.Node, Edit[]>): string {
  let text = ''
  let at = node.getStart(file)
  ts.forEachChild(node, (child) => {
    const from = child.getStart(file)
    if (from < at) return
    text += file.text.slice(at, from) + written(child, file, edits)
    at = child.end
  })
  text += file.text.slice(at, node.end)
  for (const edit of edits.get(node) ?? []) {
    text =
      edit.as === 'gone'
        ? `if(!__mutant(${edit.number})){${text}}`
        : `(__mutant(${edit.number})?(${edit.text}):(${text}))`
  }
  return text
}

type Found = Change & { node: ts.Node; as: Edit['as'] }

function changesOf(node: ts.Node, file: ts.SourceFile): Found[] {
  const expression = (of: ts.Node, changes: readonly Change[]): Found[] =>
    changes.map(({ text, says }) => ({ node: of, text, says, as: 'expression' }))
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node)) {
    return [{ node, text: ';', says: `${short(node, file)} → gone`, as: 'gone' }]
  }
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) {
    return [{ node, text: ';', says: `${short(node, file)} → gone`, as: 'gone' }]
  }
  if (ts.isReturnStatement(node) && node.expression) return expression(node.expression, nothing)
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
    return expression(node.body, nothingOf(node.body, file))
  }
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
    return expression(node.expression, decided(node.expression, file))
  }
  if (ts.isConditionalExpression(node)) {
    return expression(node.condition, decided(node.condition, file))
  }
  return ts.isExpression(node) && isWhole(node) ? expression(node, valuesFor(node, file)) : []
}

const nothing: readonly Change[] = [{ text: 'undefined', says: 'return undefined' }]
const nothingOf = (body: ts.Node, file: ts.SourceFile): Change[] => [
  { text: 'undefined', says: `=> ${short(body, file)} → undefined` },
]
const decided = (condition: ts.Node, file: ts.SourceFile): Change[] =>
  ['true', 'false'].map((text) => ({ text, says: `if ${short(condition, file)} → ${text}` }))

/** Names, and parts of a chain that a `?.` may cut short, cannot be put in brackets. */
const isWhole = (node: ts.Expression): boolean =>
  !(node.flags & ts.NodeFlags.OptionalChain) &&
  !(isNamed(node.parent) && node.parent.name === node) &&
  !(ts.isBindingElement(node.parent) && node.parent.propertyName === node) &&
  !ts.isImportDeclaration(node.parent) &&
  !ts.isExportDeclaration(node.parent)

const isNamed = (node: ts.Node): node is ts.Node & { name: ts.Node } =>
  'name' in node && node.name !== undefined

function valuesFor(node: ts.Expression, file: ts.SourceFile): Change[] {
  const text = node.getText(file)
  const to = (changed: string): Change => ({
    text: changed,
    says: `${short(node, file)} → ${changed.replace(/\s+/g, ' ').slice(0, 60)}`,
  })
  if (ts.isBinaryExpression(node)) return binary(node, file).map(to)
  if (ts.isPrefixUnaryExpression(node)) return unary(node, file).map(to)
  if (ts.isPostfixUnaryExpression(node)) {
    return [to(text.endsWith('++') ? text.replace('++', '--') : text.replace('--', '++'))]
  }
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [to(node.text === '' ? "'mutant'" : "''")]
  }
  if (ts.isTemplateExpression(node)) return [to("''")]
  if (ts.isNumericLiteral(node)) return [to(`${text} + 1`)]
  if (ts.isBigIntLiteral(node)) return [to(`${text} + 1n`)]
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [to('false')]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [to('true')]
  if (ts.isRegularExpressionLiteral(node)) return unanchored(text).map(to)
  if (ts.isCallExpression(node)) return called(node, file).map(to)
  if (ts.isArrayLiteralExpression(node)) return without(node, node.elements, file)
  return ts.isObjectLiteralExpression(node) ? without(node, node.properties, file) : []
}

function binary(node: ts.BinaryExpression, file: ts.SourceFile): string[] {
  const left = node.left.getText(file)
  const right = node.right.getText(file)
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.PlusToken && [node.left, node.right].some(isText)) return []
  const swapped = (operators[kind] ?? []).map((by) => {
    // `a ?? b && c` is no JavaScript without brackets.
    return `(${left}) ${by} (${right})`
  })
  return kind === ts.SyntaxKind.QuestionQuestionToken ? [...swapped, left] : swapped
}

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && [node.left, node.right].some(isText))

function unary(node: ts.PrefixUnaryExpression, file: ts.SourceFile): string[] {
  const text = node.operand.getText(file)
  if (node.operator === ts.SyntaxKind.PlusPlusToken) return [`--${text}`]
  if (node.operator === ts.SyntaxKind.MinusMinusToken) return [`++${text}`]
  return node.operator === ts.SyntaxKind.PlusToken ? [] : [text]
}

function unanchored(text: string): string[] {
  const end = /(?<!\\)\$(?=\/[a-z]*$)/
  return [text.replace(/^\/\^/, '/'), text.replace(end, '')].filter(
    (changed) => changed !== text && !changed.startsWith('//'),
  )
}

function called(node: ts.CallExpression, file: ts.SourceFile): string[] {
  if (!ts.isPropertyAccessExpression(node.expression)) return []
  const { expression: of, name } = node.expression
  const other = Object.hasOwn(calls, name.text) ? calls[name.text] : undefined
  if (other === undefined) return []
  const text = node.getText(file)
  const at = name.getStart(file) - node.getStart(file)
  return other === ''
    ? [of.getText(file)]
    : [text.slice(0, at) + other + text.slice(at + name.text.length)]
}

/** The literal without each of its entries in turn. */
function without(node: ts.Expression, entries: ts.NodeArray<ts.Node>, file: ts.SourceFile) {
  const text = node.getText(file)
  const from = node.getStart(file)
  return entries.map((entry): Change => {
    const end = entry.end - from
    const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0
    const rest = text.slice(0, entry.getStart(file) - from) + text.slice(end + comma)
    return { text: rest, says: `${short(entry, file)} → gone` }
  })
}

function short(node: ts.Node, file: ts.SourceFile): string {
  const text = node.getText(file).replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
