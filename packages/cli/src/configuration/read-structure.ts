import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { z } from 'zod'
import type { Configuration } from './configuration.js'
import { describeIssue } from './describe-issue.js'
import { formatPath } from './format-path.js'
import { configurationSchema } from './schema/configuration-schema.js'

type Path = readonly PropertyKey[]

/** One place at which the structure is not that of a configuration. */
interface Mismatch {
  readonly kind: 'unknown member' | 'other'
  readonly path: Path
  readonly message: string
}

/** A configuration in which every member is known and has its type, or else what is wrong. */
export interface Structure {
  /** What remains without the unknown members; absent when something else is wrong. */
  readonly configuration?: Configuration
  readonly problems: readonly ConfigurationProblem[]
}

const isAboutTheWhole = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.length === 0 && code !== 'unrecognized_keys'

/** Of a union, the issues of the one alternative that was meant; if none is recognized, that of the union. */
function mismatchesOf(issue: z.core.$ZodIssue, parent: Path): readonly Mismatch[] {
  const path = [...parent, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      kind: 'unknown member',
      path: [...path, key],
      message: issue.message,
    }))
  }
  if (issue.code === 'invalid_union') {
    const [meant, ...others] = issue.errors.filter((issues) => !issues.some(isAboutTheWhole))
    if (meant !== undefined && others.length === 0) {
      return meant.flatMap((inner) => mismatchesOf(inner, path))
    }
  }
  return [{ kind: 'other', path, message: issue.message }]
}

const below = (paths: readonly Path[], name: PropertyKey): readonly Path[] =>
  paths.filter(([head]) => head === name).map(([, ...rest]) => rest)

function withoutMembers(value: unknown, paths: readonly Path[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutMembers(item, below(paths, index)))
  }
  if (typeof value !== 'object' || value === null) return value
  const isUnknown = (name: string): boolean => below(paths, name).some(({ length }) => length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isUnknown(name))
      .map(([name, member]) => [name, withoutMembers(member, below(paths, name))]),
  )
}

/** Finds what is missing, unknown or of the wrong type. */
export function readStructure(input: unknown): Structure {
  const result = configurationSchema.safeParse(input, { error: describeIssue })
  if (result.success) return { configuration: result.data, problems: [] }
  const mismatches = result.error.issues.flatMap((issue) => mismatchesOf(issue, []))
  const problems = mismatches.map(({ path, message }) => ({ path: formatPath(path), message }))
  if (mismatches.some(({ kind }) => kind === 'other')) return { problems }
  const known = withoutMembers(
    input,
    mismatches.map(({ path }) => path),
  )
  return { problems, configuration: configurationSchema.parse(known) }
}
