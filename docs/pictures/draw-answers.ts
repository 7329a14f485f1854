import { centre, lineHeight } from './layout.js'
import type { Block, Column, Columns } from './layout.js'
import type { PicturedAnswer, RequestPicture } from './request-picture.js'
import { box, text } from './svg.js'
import type { Area } from './svg.js'

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

/** The access token: its scopes, its audience and what it says of the user; or why there is none. */
export function drawAccessToken(
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

/** What else the client is told of the user, below each other. */
export function drawAnswers({ answers }: RequestPicture, column: Column, y: number): Block {
  return answers.reduce<Block>(
    ({ parts, bottom }, answer) => {
      const drawn = drawAnswer(answer, column, bottom)
      return { parts: [...parts, ...drawn.parts], bottom: drawn.bottom + 8 }
    },
    { parts: [], bottom: y },
  )
}
