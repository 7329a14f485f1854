import type { RequestPicture } from './request-picture.js'
import type { Area } from './svg.js'

/** As wide as the text of a page on a telephone. */
export const width = 350
/** Between the edge of a picture and what is in it. */
export const margin = 6
/** From one line of text to the next. */
export const lineHeight = 15

/** Where something is from the left to the right. */
export type Column = Pick<Area, 'x' | 'width'>

/** The columns of a request: what is about the user stands apart from what is for APIs. */
export interface Columns {
  /** Absent where nobody signs in. */
  readonly identity: Column | undefined
  readonly scopes: Column
  readonly apis: Column
}

/** The columns that a request needs. */
export const columnsOf = ({ scopes, answers }: RequestPicture): Columns =>
  answers.length > 0 || scopes.some(({ kind }) => kind !== 'api')
    ? {
        identity: { x: margin, width: 110 },
        scopes: { x: 126, width: 100 },
        apis: { x: 244, width: 100 },
      }
    : {
        identity: undefined,
        scopes: { x: margin, width: 150 },
        apis: { x: 194, width: 150 },
      }

/** The middle of a column. */
export const centre = ({ x, width: wide }: Column): number => x + wide / 2

/** Parts of the picture, and where they end. */
export interface Block {
  readonly parts: readonly string[]
  readonly bottom: number
}
