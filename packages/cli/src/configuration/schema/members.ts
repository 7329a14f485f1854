import type { z } from 'zod'

/** A schema for each member of a type: neither one less nor one more. */
export type Members<Type> = {
  readonly [Name in keyof Type]-?: z.ZodType<Required<Type>[Name]>
}

/** A type in which everything is read-only, so that only what a value may be is compared. */
type Immutable<Type> = Type extends string // `string & {}` is an object, too
  ? Type
  : Type extends object
    ? { readonly [Name in keyof Type]: Immutable<Type[Name]> }
    : Type

/**
 * A schema that allows exactly what a type allows; `never` if either allows more. Together with {@link Members}, which
 * sees optional members that only one side has, it keeps both from drifting apart.
 */
export type SchemaOf<Type, Schema extends z.ZodType> = [
  Immutable<Type>,
  Immutable<z.output<Schema>>,
] extends [Immutable<z.output<Schema>>, Immutable<Type>]
  ? Schema
  : never
