import ts from 'typescript'
import { checker } from './declarations.js'
import { readableType } from './readable-type.js'

/** A property of an interface, as its docstring and its type describe it. */
export interface Member {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
  /** What it does; empty when nobody said. */
  readonly text: string
  /** What it is when nobody sets it; `undefined` when its docstring does not say. */
  readonly defaultValue: string | undefined
  /** Where it is declared: the same for all interfaces that inherit it. */
  readonly declaration: ts.PropertySignature
}

/** Links of docstrings lead to other members, which have no page of their own. */
const withoutLinks = (text: string): string =>
  text.replaceAll(/\{@link (?:\w+\.)?(\w+)\}/g, '`$1`').trim()

/** What the docstring of a symbol says first, before its tags. */
export const textOf = (symbol: ts.Symbol): string =>
  withoutLinks(ts.displayPartsToString(symbol.getDocumentationComment(checker)))

function tagOf(symbol: ts.Symbol, name: string): string | undefined {
  const tag = symbol.getJsDocTags(checker).find((candidate) => candidate.name === name)
  return tag && withoutLinks(ts.displayPartsToString(tag.text))
}

function memberOf(symbol: ts.Symbol): Member {
  const declaration = symbol.declarations?.find(ts.isPropertySignature)
  if (declaration?.type === undefined) throw new Error(`${symbol.name} is no property`)
  return {
    name: symbol.name,
    type: readableType(declaration.type),
    isOptional: declaration.questionToken !== undefined,
    text: textOf(symbol),
    defaultValue: tagOf(symbol, 'defaultValue'),
    declaration,
  }
}

/** The properties of a type in the order in which they are declared. */
export const membersOf = (type: ts.Type): readonly Member[] =>
  checker.getPropertiesOfType(type).map(memberOf)
