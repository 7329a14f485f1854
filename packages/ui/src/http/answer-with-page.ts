import type { HttpResponse } from '@bailiwick/protocol'
import { writeDocument } from '../parts/document.js'
import type { PageContent } from '../parts/page-content.js'
import type { Site } from '../site.js'
import type { Language } from '../texts/catalogue.js'
import { respond } from './respond.js'
import type { PagePermissions } from './respond.js'

/** A page that has been rendered. */
export interface RenderedPage {
  /** Which page it is: the class of its body. */
  readonly name: string
  readonly language: Language
  readonly content: PageContent
  readonly permissions: PagePermissions
  /** @defaultValue `200` */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers with a page in the frame of its site. */
export function answerWithPage(site: Site, page: RenderedPage): HttpResponse {
  const { status = 200, permissions, headers = {} } = page
  return respond({
    status,
    html: writeDocument({ site, ...page }),
    permissions: { ...permissions, images: [site.logo, ...(permissions.images ?? [])] },
    headers,
  })
}
