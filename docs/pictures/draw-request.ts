import { describeRequest } from './describe-request.js'
import type {
  PicturedAnswer,
  PicturedApi,
  PicturedScope,
  RequestPicture,
} from './request-picture.js'
import { box, line, text, writeSvg } from './svg.js'
import type { Area } from './svg.js'

/** As wide as the text of a page on a telephone. */
const width = 350
const margin = 6
const rowHeight = 26
const rowGap = 18
const lineHeight = 15

/** From the left to the right. */
type Column = Pick<Area, 'x' | 'width'>

interface Columns {
  /** Absent where nobody signs in. */
  readonly identity: Column | undefined
  readonly scopes: Column
  readonly apis: Column
}

const columnsOf = ({ scopes, answers }: RequestPicture): Columns =>
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

const centre = ({ x, width: wide }: Column): number => x + wide / 2

/** Parts of the picture, and where they end. */
interface Block {
  readonly parts: readonly string[]
  readonly bottom: number
}

function drawCaller({ caller }: RequestPicture): Block {
  const area = {
    x: margin,
    y: margin,
    width: width - 2 * margin,
    height: 12 + caller.length * lineHeight,
  }
  const lines = caller.map((content, index) =>
    text(
      { x: width / 2, y: area.y + 17 + index * lineHeight },
      content,
      index === 0 ? 'heading middle' : 'middle',
    ),
  )
  return { parts: [box(area, ''), ...lines], bottom: area.y + area.height }
}

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
function connect(from: Area, to: Area, isTaken: boolean): string {
  const start = { x: from.x + from.width, y: from.y + rowHeight / 2 }
  const end = { x: to.x - 1, y: to.y + rowHeight / 2 }
  const middle = (start.x + end.x) / 2
  const path = `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`
  return line(path, isTaken ? 'arrow' : 'arrow gone')
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
              isInAudience && state === 'granted',
            ),
          ]
        : [],
    ),
  )
}

/** The scopes that are asked for, and the APIs. What is about the user stands apart from what is for APIs. */
function drawModel({ scopes, apis }: RequestPicture, columns: Columns, y: number): Block {
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

/** Names below each other, below a heading. */
function drawList(
  heading: string,
  names: readonly string[],
  { x, y }: Pick<Area, 'x' | 'y'>,
): Block {
  const shown = names.length === 0 ? ['(none)'] : names
  return {
    parts: [
      text({ x, y: y + 12 }, heading, 'note'),
      ...shown.map((name, index) =>
        text({ x, y: y + 28 + index * lineHeight }, name, names.length === 0 ? 'no' : ''),
      ),
    ],
    bottom: y + 16 + shown.length * lineHeight,
  }
}

function drawAccessToken(
  { accessToken, error }: RequestPicture,
  columns: Columns,
  y: number,
): Block {
  const { scopes, apis } = columns
  const frame = (height: number) => ({
    x: scopes.x - 2,
    y,
    width: apis.x + apis.width - scopes.x + 4,
    height,
  })
  if (accessToken === undefined) {
    const area = frame(44)
    return {
      parts: [
        box(area, 'no'),
        text({ x: centre(area), y: y + 18 }, 'No token', 'heading middle'),
        text({ x: centre(area), y: y + 35 }, error ?? '', 'no middle'),
      ],
      bottom: y + 44,
    }
  }
  const { scope, aud, claims } = accessToken
  const scopeList = drawList('scope', scope, { x: scopes.x + 6, y: y + 22 })
  const audList = drawList('aud', aud, { x: apis.x, y: y + 22 })
  const claimList =
    claims.length > 0
      ? drawList('about the user', claims, { x: apis.x, y: audList.bottom + 4 })
      : { parts: [], bottom: 0 }
  const bottom = Math.max(scopeList.bottom, audList.bottom, claimList.bottom) + 8
  return {
    parts: [
      box(frame(bottom - y), 'token'),
      text({ x: scopes.x + 6, y: y + 18 }, 'Access token', 'heading token'),
      ...scopeList.parts,
      ...audList.parts,
      ...claimList.parts,
    ],
    bottom,
  }
}

function drawAnswer(
  { title, claims }: PicturedAnswer,
  { x, width: wide }: Column,
  y: number,
): Block {
  const height = 30 + claims.length * lineHeight
  return {
    parts: [
      box({ x, y, width: wide, height }, 'token'),
      text({ x: x + 6, y: y + 18 }, title, 'heading token'),
      ...claims.map((claim, index) =>
        text({ x: x + 6, y: y + 36 + index * lineHeight }, claim, ''),
      ),
    ],
    bottom: y + height,
  }
}

function drawAnswers({ answers }: RequestPicture, column: Column, y: number): Block {
  return answers.reduce<Block>(
    ({ parts, bottom }, answer) => {
      const drawn = drawAnswer(answer, column, bottom)
      return { parts: [...parts, ...drawn.parts], bottom: drawn.bottom + 8 }
    },
    { parts: [], bottom: y },
  )
}

const arrowsDown = (columns: readonly Column[], from: number, to: number): readonly string[] =>
  columns.map((column) => line(`M${centre(column)} ${from}V${to}`, 'arrow'))

/** Draws a request: who asks, for which scopes, which APIs they lead to, and what comes of it. */
export function drawRequest(picture: RequestPicture): string {
  const columns = columnsOf(picture)
  const { identity, scopes, apis } = columns
  const caller = drawCaller(picture)
  const model = drawModel(picture, columns, caller.bottom + 20)
  const tokensTop = model.bottom + 24
  const token = drawAccessToken(picture, columns, tokensTop)
  const answers = identity
    ? drawAnswers(picture, identity, tokensTop)
    : { parts: [], bottom: tokensTop }
  const asked = [...(identity ? [identity] : []), scopes]
  const told = [...(identity && picture.answers.length > 0 ? [identity] : []), scopes, apis]
  return writeSvg({
    width,
    height: Math.max(token.bottom + 8, answers.bottom),
    title: `${picture.caller[0] ?? ''}: what comes of it`,
    description: describeRequest(picture),
    parts: [
      ...caller.parts,
      ...arrowsDown(asked, caller.bottom, caller.bottom + 19),
      ...model.parts,
      ...arrowsDown(told, model.bottom, tokensTop - 1),
      ...token.parts,
      ...answers.parts,
    ],
  })
}
