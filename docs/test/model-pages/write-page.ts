import { describeRequest } from '../../pictures/describe-request.js'
import { drawRequest } from '../../pictures/draw-request.js'
import { pictureRequest } from '../../pictures/request-picture.js'
import { createExplainer } from './page-request.js'
import type { Explained } from './page-request.js'
import { writeRequest } from './write-request.js'
import { writeSentences } from './write-sentences.js'
import { writeTokens } from './write-tokens.js'

/** A page of which parts are generated, and the pictures that it shows, by their names. */
export interface WrittenPage {
  readonly markdown: string
  readonly pictures: ReadonlyMap<string, string>
}

/** `<!-- generated: WHAT WORD of REQUEST -->`, and everything up to `<!-- /generated -->`. */
const region = /(<!-- generated: (\w+)(?: ([\w-]+))? of (.+?) -->\n)[^]*?(?=<!-- \/generated -->)/g

/** Writes a picture into a collection, and shows it. */
async function writePicture(
  { explanation, configuration }: Explained,
  name: string,
  pictures: Map<string, string>,
): Promise<string> {
  const picture = pictureRequest(await explanation(), configuration)
  pictures.set(name, drawRequest(picture))
  return `![${describeRequest(picture)}](../images/resource-model/${name}.svg)`
}

/** Writes the generated parts of a page anew, with the configuration that stands in it. */
export async function writePage(markdown: string): Promise<WrittenPage> {
  const [, json = ''] = /```json \[bailiwick\.json\]\n(.*?)```/s.exec(markdown) ?? []
  const explain = await createExplainer(json)
  const pictures = new Map<string, string>()
  const writers: Readonly<Record<string, (explained: Explained, word: string) => Promise<string>>> =
    {
      picture: (explained, name) => writePicture(explained, name, pictures),
      request: async ({ explanation }) => writeRequest(await explanation()),
      tokens: async ({ explanation }) => writeTokens(await explanation()),
      sentences: writeSentences,
    }
  const written: string[] = []
  for (const [, , what = '', word = '', request = ''] of markdown.matchAll(region)) {
    const write = writers[what]
    if (write === undefined) throw new Error(`nothing generates '${what}'`)
    written.push(await write(explain(request), word))
  }
  return {
    markdown: markdown.replaceAll(
      region,
      (_, opening: string) => `${opening}\n${written.shift()}\n\n`,
    ),
    pictures,
  }
}
