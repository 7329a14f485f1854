import type { Question } from './questions.js'
import { box, line, text, writeSvg } from './svg.js'
import type { Area } from './svg.js'

const width = 350
const margin = 6
const lineHeight = 15

/** Where the line runs from a question to its cases. */
const spine = margin + 12
const cases = { x: 34, width: 176, letters: 25 }
const answers = { x: 230, width: width - margin - 230, letters: 15 }

/** Breaks text between words, so that no line has more letters than there is room for. */
function wrap(content: string, letters: number): readonly string[] {
  const lines: string[] = []
  for (const word of content.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (longer.length <= letters) lines.splice(-1, 1, longer)
    else lines.push(word)
  }
  return lines
}

const heightOf = (lines: readonly string[]): number => 12 + lines.length * lineHeight

/** Lines of text in a box of the height that they need. */
function drawText(
  lines: readonly string[],
  area: Area,
  { inBox, inText }: { readonly inBox: string; readonly inText: string },
): readonly string[] {
  const top = area.y + (area.height - lines.length * lineHeight) / 2 + 11
  return [
    box(area, inBox),
    ...lines.map((content, index) =>
      text({ x: area.x + 8, y: top + index * lineHeight }, content, inText),
    ),
  ]
}

interface Block {
  readonly parts: readonly string[]
  readonly bottom: number
}

function drawCase({ when, answer }: Question['cases'][number], y: number): Block {
  const [question, said] = [wrap(when, cases.letters), wrap(answer.name, answers.letters)]
  const height = Math.max(heightOf(question), heightOf(said))
  const middle = y + height / 2
  const isAnswered = answer.resources !== undefined
  return {
    parts: [
      line(`M${spine} ${middle}H${cases.x - 1}`, 'arrow'),
      line(`M${cases.x + cases.width} ${middle}H${answers.x - 1}`, 'arrow'),
      ...drawText(question, { ...cases, y, height }, { inBox: '', inText: 'plain' }),
      ...drawText(
        said,
        { ...answers, y, height },
        {
          inBox: isAnswered ? 'token' : 'gone',
          inText: `heading ${isAnswered ? 'token' : 'gone'}`,
        },
      ),
    ],
    bottom: y + height,
  }
}

function drawQuestion(question: Question, y: number): Block {
  const lines = wrap(question.asks, 46)
  const area = { x: margin, y, width: width - 2 * margin, height: heightOf(lines) }
  let bottom = area.y + area.height
  let lastMiddle = bottom
  const drawn = question.cases.flatMap((one) => {
    const block = drawCase(one, bottom + 10)
    lastMiddle = (bottom + 10 + block.bottom) / 2
    bottom = block.bottom
    return block.parts
  })
  return {
    parts: [
      ...drawText(lines, area, { inBox: 'api', inText: 'heading' }),
      line(`M${spine} ${area.y + area.height}V${lastMiddle}`, ''),
      ...drawn,
    ],
    bottom,
  }
}

const describe = ({ asks, cases: all }: Question): string =>
  `${asks} ${all.map(({ when, answer }) => `${when} → ${answer.name}.`).join(' ')}`

/** Says in words what the picture of the questions shows. */
export const describeQuestions = (questions: readonly Question[]): string =>
  questions.map(describe).join(' ')

/** Draws questions as a tree, whose leaves are the answers. */
export function drawQuestions(questions: readonly Question[]): string {
  const { parts, bottom } = questions.reduce<Block>(
    (above, question) => {
      const block = drawQuestion(question, above.bottom + 18)
      return { parts: [...above.parts, ...block.parts], bottom: block.bottom }
    },
    { parts: [], bottom: margin - 18 },
  )
  return writeSvg({
    width,
    height: bottom + margin,
    parts,
    title: 'Which one do I need?',
    description: describeQuestions(questions),
  })
}
