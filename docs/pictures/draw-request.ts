import { describeRequest } from './describe-request.js'
import { drawAccessToken, drawAnswers } from './draw-answers.js'
import { drawModel } from './draw-model.js'
import { centre, columnsOf, lineHeight, margin, width } from './layout.js'
import type { Block, Column } from './layout.js'
import type { RequestPicture } from './request-picture.js'
import { box, line, text, writeSvg } from './svg.js'

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
