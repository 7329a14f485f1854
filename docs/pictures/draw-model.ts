import { centre, margin, width } from './layout.js'
import type { Block, Column, Columns } from './layout.js'
import type { PicturedApi, PicturedScope, RequestPicture } from './request-picture.js'
import { box, line, text } from './svg.js'
import type { Area } from './svg.js'

const rowHeight = 26
const rowGap = 18

/** A name in a box, and perhaps a note below. */
function drawName(
  name: string,
  area: Area,
  { className, note }: { readonly className: string; readonly note?: string | undefined },
): readonly string[] {
  const middle = centre(area)
  return [
    box(area, className),
    text({ x: middle, y: area.y + 17 }, name, `middle ${className}`),
    ...(note === undefined
      ? []
      : [text({ x: middle, y: area.y + area.height + 12 }, note, 'note middle')]),
  ]
}

const areaOfRow = ({ x, width: wide }: Column, top: number, row: number): Area => ({
  x,
  y: top + row * (rowHeight + rowGap),
  width: wide,
  height: rowHeight,
})

const scopeNotes = {
  granted: undefined,
  dropped: 'not in this token',
  refused: 'refused',
} as const satisfies Record<PicturedScope['state'], string | undefined>

function drawScope(scope: PicturedScope, area: Area): readonly string[] {
  const { name, kind, state } = scope
  const className = { granted: kind === 'refresh' ? '' : kind, dropped: 'gone', refused: 'no' }[
    state
  ]
  return drawName(name, area, { className, note: scopeNotes[state] })
}

const drawApi = ({ name, isInAudience, note }: PicturedApi, area: Area): readonly string[] =>
  drawName(name, area, { className: isInAudience ? 'api' : 'gone', note })

/** A line from a scope to an API that lists it. */
function connect(from: Area, to: Area, className: string): string {
  const start = { x: from.x + from.width, y: from.y + rowHeight / 2 }
  const end = { x: to.x - 1, y: to.y + rowHeight / 2 }
  const middle = (start.x + end.x) / 2
  const path = `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`
  return line(path, className)
}

function drawConnections(
  scopes: readonly PicturedScope[],
  apis: readonly PicturedApi[],
  { columns, top }: { readonly columns: Columns; readonly top: number },
): readonly string[] {
  return scopes.flatMap(({ leadsTo, state }, scopeRow) =>
    apis.flatMap(({ name, isInAudience }, apiRow) =>
      leadsTo.includes(name)
        ? [
            connect(
              areaOfRow(columns.scopes, top, scopeRow),
              areaOfRow(columns.apis, top, apiRow),
              isInAudience && state === 'granted' ? 'arrow' : 'arrow gone',
            ),
          ]
        : [],
    ),
  )
}

/** The scopes that are asked for, and the APIs. What is about the user stands apart from what is for APIs. */
export function drawModel({ scopes, apis }: RequestPicture, columns: Columns, y: number): Block {
  const { identity } = columns
  const ofIdentity = scopes.filter(({ kind }) => kind !== 'api')
  const ofApis = scopes.filter(({ kind }) => kind === 'api')
  const top = y + 28
  const rows = Math.max(ofIdentity.length, ofApis.length, apis.length)
  const bottom = top + rows * (rowHeight + rowGap)
  const lane = (from: number, to: number) =>
    box({ x: from, y, width: to - from, height: bottom - y }, 'lane')
  const heading = (column: Column, content: string) =>
    text({ x: centre(column), y: y + 18 }, content, 'heading lane middle')
  return {
    parts: [
      lane(columns.scopes.x - (identity ? 4 : margin), width),
      heading(columns.scopes, 'API scopes'),
      heading(columns.apis, 'API resources'),
      ...ofApis.flatMap((scope, row) => drawScope(scope, areaOfRow(columns.scopes, top, row))),
      ...apis.flatMap((api, row) => drawApi(api, areaOfRow(columns.apis, top, row))),
      ...drawConnections(ofApis, apis, { columns, top }),
      ...(identity
        ? [
            lane(0, identity.x + identity.width + margin - 2),
            heading(identity, 'Identity resources'),
            ...ofIdentity.flatMap((scope, row) => drawScope(scope, areaOfRow(identity, top, row))),
          ]
        : []),
    ],
    bottom,
  }
}
