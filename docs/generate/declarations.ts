import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const packages = ['protocol', 'core', 'ui', 'cli', 'api-sdk']

const program = ts.createProgram({
  rootNames: packages.map((name) =>
    fileURLToPath(new URL(`../../packages/${name}/src/index.ts`, import.meta.url)),
  ),
  options: {
    module: ts.ModuleKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    lib: ['lib.es2023.d.ts'],
    types: [],
    customConditions: ['bailiwick-source'],
  },
})

/** Knows the types of everything that the packages export. */
export const checker = program.getTypeChecker()

const exported = new Map(
  program.getRootFileNames().flatMap((name) => {
    const file = program.getSourceFile(name)
    const module = file && checker.getSymbolAtLocation(file)
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module)
    return symbols.map((symbol) => [symbol.name, symbol] as const)
  }),
)

const isAlias = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Alias) !== 0

/**
 * Finds the type that packages export under a name.
 *
 * @throws Error when there is none.
 */
export function exportedType(name: string): ts.Type {
  const symbol = exported.get(name)
  if (symbol === undefined) throw new Error(`no package exports a type ${name}`)
  return checker.getDeclaredTypeOfSymbol(
    isAlias(symbol) ? checker.getAliasedSymbol(symbol) : symbol,
  )
}
