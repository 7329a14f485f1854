import { hash } from 'node:crypto'
import { html, page } from '../../http/html.js'
import type { ResponseMode } from './response-mode.js'

// Not forms[0].submit(): in a form with a field of that name, such as the button of the form before, this is the field.
const script = 'HTMLFormElement.prototype.submit.call(document.forms[0])'
const scriptSource = `'sha256-${hash('sha256', script, 'base64')}'`

/** As a form that the browser posts by itself, or on a click without JavaScript (OAuth 2.0 Form Post Response Mode). */
export const formPost: ResponseMode = {
  name: 'form_post',
  respond: (redirectUri, parameters) =>
    page({
      title: 'Going on to the application',
      body: [
        html`<form method="post" action="${redirectUri}">`,
        ...parameters.map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        ),
        html`<noscript><button>Go on to the application</button></noscript></form>`,
        `<script>${script}</script>`,
      ].join(''),
      // Browsers apply form-action to the redirects of the client as well, and nobody knows where those lead.
      policy: { 'script-src': scriptSource, 'form-action': undefined },
    }),
}
