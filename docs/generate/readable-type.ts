import ts from 'typescript'
import { checker } from './declarations.js'

const printer = ts.createPrinter({ removeComments: true })

/** Those of TypeScript whose arguments say something. */
const telling = new Set(['Record', 'Partial', 'Promise', 'Pick'])

/** More of them nobody reads: then the name says more. */
const mostTexts = 8

/** What the name of a union of a few texts stands for. */
function textsOf(node: ts.TypeNode): string | undefined {
  const type = checker.getTypeFromTypeNode(node)
  if (!ts.isTypeReferenceNode(node) || !type.isUnion()) return undefined
  const texts = type.types.flatMap((member) => (member.isStringLiteral() ? [member.value] : []))
  if (texts.length !== type.types.length || texts.length > mostTexts) return undefined
  return texts.map((text) => `'${text}'`).join(' | ')
}

/** What has to be told of a type parameter: what it stands for. */
function constraintOf(node: ts.TypeReferenceNode): ts.TypeNode | undefined {
  const [declaration] = checker.getTypeFromTypeNode(node).getSymbol()?.declarations ?? []
  return declaration !== undefined && ts.isTypeParameterDeclaration(declaration)
    ? declaration.constraint
    : undefined
}

function simplifyReference(
  node: ts.TypeReferenceNode,
  inner: (child: ts.Node) => ts.Node,
): ts.Node | undefined {
  const constraint = constraintOf(node)
  if (constraint !== undefined) return inner(constraint)
  const name = node.typeName.getText()
  const [first] = node.typeArguments ?? []
  if (name === 'Readonly' && first !== undefined) return inner(first)
  return telling.has(name) ? undefined : ts.factory.createTypeReferenceNode(name)
}

function simplify(node: ts.Node, context: ts.TransformationContext): ts.Node {
  const inner = (child: ts.Node): ts.Node => simplify(child, context)
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
    return inner(node.type)
  }
  const simple = ts.isTypeReferenceNode(node) ? simplifyReference(node, inner) : undefined
  return simple ?? ts.visitEachChild(node, inner, context)
}

/** Writes a type for people: what a caller has to give, without what only the compiler needs. */
export function readableType(node: ts.TypeNode): string {
  const { transformed } = ts.transform<ts.Node>(node, [
    (context) => (root) => simplify(root, context),
  ])
  const [simple = node] = transformed
  const text = printer.printNode(ts.EmitHint.Unspecified, simple, node.getSourceFile())
  return textsOf(node) ?? text.replaceAll('readonly ', '').replaceAll(/\s+/g, ' ')
}
