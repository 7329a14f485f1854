import type { HttpResponse } from '@bailiwick/protocol'
import type { Pages } from '../pages.js'
import { html, page } from './html.js'

const listOfFrames = (uris: readonly string[]): string =>
  uris.map((uri) => html`<iframe src="${uri}" title="" hidden></iframe>`).join('')

/** The origins that a page may show in frames, as its policy has them. */
function frameSources(uris: readonly string[]): string {
  const origins = new Set(uris.map((uri) => new URL(uri).origin))
  return origins.size === 0 ? `'none'` : [...origins].join(' ')
}

/** Pages that say what is needed and have no style. */
export const defaultPages: Pages = {
  error: ({ error, description, status }): HttpResponse =>
    page({
      status,
      title: 'This request cannot be answered',
      body: html`<h1>This request cannot be answered</h1>
        <p>${description}</p>
        <p><code>${error}</code></p>`,
    }),
  loggedOut: ({ clientName, redirectUri, frontChannelLogoutUris }): HttpResponse =>
    page({
      title: 'You are signed out',
      body:
        html`<h1>You are signed out</h1>` +
        (redirectUri === undefined
          ? ''
          : html`<p><a href="${redirectUri}">Go on to ${clientName ?? 'the application'}</a></p>`) +
        listOfFrames(frontChannelLogoutUris),
      policy: { 'frame-src': frameSources(frontChannelLogoutUris) },
      ...(redirectUri !== undefined && { refresh: { seconds: 3, url: redirectUri } }),
    }),
}
