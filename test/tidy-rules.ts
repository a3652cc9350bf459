import { basename } from 'node:path'
import ts from 'typescript'
import { isTest, wallAgainst } from './tidy-walls.ts'

export type Source = { path: string; text: string; tree: ts.SourceFile }
export type Finding = { line: number; instead: string }
type Found = Finding | null
export type Rule = {
  /** Its number in STYLE.md. */
  number: number
  title: string
  /** Files the rule does not speak of. */
  but?: (path: string) => boolean
  /** It speaks of style sheets too, which are no code. */
  ofStyles?: true
  /** Asked of every node of the tree. */
  node?: (node: ts.Node, source: Source) => string | null
  /** Asked of the file as a whole. */
  file?: (source: Source) => Found | Found[]
}

export const LONGEST_LINE = 100
export const LONGEST_FILE = 500
export const MOST_STATEMENTS = 36
const LONGEST_FUNCTION = 100
const MOST_PARAMETERS = 3

const bannedNames =
  /^(utils?|helpers?|common|types?|index|services?|managers?|factory|factories|misc)$/
const isEdge = (path: string): boolean =>
  /^services\/runtime\/|\/links\/|\/main\.tsx?$/.test(path) ||
  /^(stand|shop|sim|soak|powercut|ha|bench|scripts|web\/ui)\/|^core\/api\/json\.ts$/.test(path)
const timeAndChance =
  /^(services\/runtime|stand|sim|soak|powercut|ha|bench|scripts)\/|^web\/ui\/hooks/
const isTable = (path: string): boolean => path.startsWith('stand/demo/')

export const parse = (path: string, text: string): Source => ({
  path,
  text,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
})

/** What of a file breaks a rule. */
export function findings(rule: Rule, source: Source): Finding[] {
  if (rule.but?.(source.path)) return []
  if (source.path.endsWith('.css') && !rule.ofStyles) return []
  const found: Found[] = [rule.file?.(source) ?? []].flat()
  const visit = (node: ts.Node): void => {
    const instead = rule.node?.(node, source)
    if (instead) found.push({ line: lineOf(source, node), instead })
    ts.forEachChild(node, visit)
  }
  if (rule.node) visit(source.tree)
  return found.filter((finding) => finding !== null)
}

const lineOf = ({ tree }: Source, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1

function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const specifier = node.moduleSpecifier
    return specifier && ts.isStringLiteral(specifier) ? specifier.text : null
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments
    return specifier && ts.isStringLiteral(specifier) ? specifier.text : null
  }
  return null
}

const isNamed = (node: ts.Node, object: string, property: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === property &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object

const isCallOf = (node: ts.Node, names: RegExp): boolean => {
  if (!ts.isCallExpression(node)) return false
  const { expression } = node
  if (ts.isIdentifier(expression)) return names.test(expression.text)
  return ts.isPropertyAccessExpression(expression) && names.test(expression.name.text)
}

const asksTheClock = (node: ts.Node): boolean =>
  isNamed(node, 'Date', 'now') ||
  isNamed(node, 'Math', 'random') ||
  isCallOf(node, /^(setTimeout|setInterval)$/) ||
  (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)

function nameFinding(path: string): string | null {
  const file = basename(path)
  const stem = file.split('.')[0] ?? ''
  if (bannedNames.test(stem)) return `“${stem}” says nothing: name the file after what is in it`
  const component = /^web\/ui\/[^/]+\.tsx$/.test(path)
  const good = component ? /^([A-Z][A-Za-z0-9]*|[a-z0-9-]+)\./ : /^[a-z0-9]+(-[a-z0-9]+)*\./
  return good.test(file)
    ? null
    : 'write the name in kebab-case (components of web/ui in PascalCase.tsx)'
}

const lines = ({ text }: Source): string[] => text.split('\n')

const lengthOf = (node: ts.Node, { tree }: Source): number =>
  tree.getLineAndCharacterOfPosition(node.getEnd()).line -
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line +
  1

/** Of a function itself: those of functions inside it are theirs. */
function statementsOf(node: ts.Node): number {
  let count = 0
  const visit = (inner: ts.Node): void => {
    if (ts.isFunctionLike(inner)) return
    if (ts.isStatement(inner) && !ts.isBlock(inner)) count += 1
    ts.forEachChild(inner, visit)
  }
  ts.forEachChild(node, visit)
  return count
}

const spreadLiteral = (node: ts.Node): boolean =>
  (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) &&
  ts.isObjectLiteralExpression(node.expression)

export const rules: Rule[] = [
  {
    number: 1,
    title: 'rooms know only whom they may know',
    node: (node, { path }) => {
      const specifier = specifierOf(node)
      if (specifier === null) return null
      const typeOnly =
        ts.isImportDeclaration(node) &&
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      return wallAgainst(path, { specifier, typeOnly })
    },
  },
  {
    number: 2,
    title: 'files are named by nouns of the field, in kebab-case',
    file: ({ path }) => {
      const instead = nameFinding(path)
      return instead ? { line: 1, instead } : null
    },
  },
  {
    number: 3,
    title: 'no class in core and web',
    but: (path) => !/^(core|web)\//.test(path),
    node: (node) => (ts.isClassLike(node) ? 'write data and functions' : null),
  },
  {
    number: 4,
    title: 'no enum, namespace or decorator',
    node: (node) =>
      ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) || ts.isDecorator(node)
        ? 'write a union of strings or a table `as const`'
        : null,
  },
  {
    number: 5,
    title: 'no default export, no passing on of another file’s exports',
    but: (path) => path === 'vite.config.ts',
    node: (node) => {
      if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword) {
        return ts.isDefaultClause(node.parent) ? null : 'export under a name'
      }
      const passedOn = ts.isExportDeclaration(node) && node.moduleSpecifier
      return passedOn ? 'import the file where it lives' : null
    },
  },
  {
    number: 6,
    title: 'time and chance come from services/runtime alone',
    but: (path) => timeAndChance.test(path) || isTest(path),
    node: (node) =>
      asksTheClock(node) ? 'take the time, the chance or the timer as an argument' : null,
  },
  {
    number: 7,
    title: 'try stands at the edges alone',
    but: (path) => isEdge(path) || isTest(path),
    node: (node) =>
      ts.isTryStatement(node) ? 'answer with a value; who talks to the world catches' : null,
  },
  {
    number: 8,
    title: `no function has more than ${MOST_STATEMENTS} statements of its own`,
    node: (node, source) => {
      if (!ts.isFunctionLike(node)) return null
      const statements = statementsOf(node)
      const length = lengthOf(node, source)
      return statements > MOST_STATEMENTS || length > LONGEST_FUNCTION
        ? `${statements} statements, ${length} lines: take parts out into functions`
        : null
    },
  },
  {
    number: 9,
    title: `no file is longer than ${LONGEST_FILE} lines`,
    but: isTable,
    ofStyles: true,
    file: (source) => {
      const length = source.text.trimEnd().split('\n').length
      return length > LONGEST_FILE
        ? { line: LONGEST_FILE + 1, instead: `${length} lines: part the file by meaning` }
        : null
    },
  },
  {
    number: 10,
    title: `no line is longer than ${LONGEST_LINE} characters`,
    but: isTable,
    file: (source) =>
      lines(source).map((text, i) =>
        [...text].length > LONGEST_LINE
          ? { line: i + 1, instead: `${[...text].length} characters: wrap it` }
          : null,
      ),
  },
  {
    number: 11,
    title: `at most ${MOST_PARAMETERS} positional parameters`,
    node: (node) =>
      ts.isFunctionLike(node) && node.parameters.length > MOST_PARAMETERS
        ? 'gather the rest in one object'
        : null,
  },
  {
    number: 12,
    title: 'no notes for later, no printing to the console',
    file: (source) =>
      lines(source).map((text, i) =>
        /\b(TO[D]O|FIX[M]E)\b/.test(text)
          ? { line: i + 1, instead: 'do it now or open an issue' }
          : null,
      ),
    node: (node, { path }) =>
      isNamed(node, 'console', 'log') && !/^(scripts|bench)\/|^stand\/main\.ts$/.test(path)
        ? 'write to the log (services/runtime/log.ts)'
        : null,
  },
  {
    number: 13,
    title: 'a page’s effects and wire live in web/ui',
    but: (path) => !path.startsWith('web/') || isTest(path),
    node: (node, { path }) => {
      const effect = isCallOf(node, /^use(Layout)?Effect$/) && !/^web\/ui\/hooks/.test(path)
      if (effect) return 'take a hook of web/ui/hooks.ts or name a new one there'
      const wire =
        ts.isCallExpression(node) &&
        node.expression.getText() === 'fetch' &&
        !/^web\/ui\//.test(path)
      return wire ? 'talk to the server by a contract of core/api' : null
    },
  },
  {
    number: 27,
    title: 'no object literal is spread into another',
    node: (node) => (spreadLiteral(node) ? 'write its properties one by one' : null),
  },
  {
    number: 28,
    title: 'words for people stand in core/words, everything else is English',
    ofStyles: true,
    but: (path) => /^(core\/words|core\/demo|stand\/demo)\//.test(path) || isTest(path),
    file: (source) =>
      lines(source).map((text, i) =>
        /\p{Script=Cyrillic}/u.test(text)
          ? { line: i + 1, instead: 'make words in core/words; say it by the glossary’s English' }
          : null,
      ),
  },
]

/** Names that a file exports where it declares them. */
export function exportedNames(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>()
  for (const statement of tree.statements) {
    if (!ts.canHaveModifiers(statement)) continue
    const isExported = ts
      .getModifiers(statement)
      ?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!isExported) continue
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) names.add(name.getText(tree))
    } else if (ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      if (statement.name) names.add(statement.name.text)
    }
  }
  return names
}

/** A markdown file may stand at the root or in docs/. */
export const isMisplacedMarkdown = (path: string): boolean =>
  path.endsWith('.md') && path.includes('/') && !path.startsWith('docs/')
