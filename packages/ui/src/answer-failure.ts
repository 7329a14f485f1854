import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { answerWithPage } from './http/answer-with-page.js'
import type { PageFailure } from './page-failure.js'
import { failurePage } from './pages/failure-page.js'
import type { PageRenderers } from './pages/page-renderers.js'
import { chooseLanguage } from './texts/choose-language.js'
import { toPageFailure } from './page-failure.js'
import type { Ui } from './ui.js'

function tell(
  failure: PageFailure,
  {
    request,
    ui,
    render,
  }: { request: HttpRequest; ui: Pick<Ui, 'site'>; render: PageRenderers['failure'] },
): HttpResponse {
  const { kind, status, headers } = failure
  const language = chooseLanguage([], request, ui.site.catalogue)
  const { texts } = language
  return answerWithPage(ui.site, {
    name: 'failure',
    language,
    content: render({
      language,
      title: texts[`${kind}Title`],
      text: texts[`${kind}Text`],
      details: undefined,
    }),
    permissions: { forms: 'none' },
    status,
    headers,
  })
}

/** What is needed to tell people about a failure. */
interface Teller extends Pick<Ui, 'site' | 'report'> {
  readonly render: Pick<PageRenderers, 'failure'>
}

/** Answers with a page that says what is wrong, whatever was thrown. */
export function answerFailure(thrown: unknown, request: HttpRequest, ui: Teller): HttpResponse {
  const failure = toPageFailure(thrown)
  if (failure.status >= 500) ui.report(failure.cause)
  try {
    return tell(failure, { request, ui, render: ui.render.failure })
  } catch (error) {
    // A page that replaces ours must not keep people from being told.
    ui.report(error)
    return tell(failure, { request, ui, render: failurePage })
  }
}
