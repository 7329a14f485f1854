/** A browser of few words: keeps cookies, follows redirects within one origin, fills in the form of a page. */
export interface UserAgent {
  /** Follows a link to the page it leads to, or to the first place at another origin. */
  readonly go: (url: string | URL) => Promise<Visited>
  /** Sends the first form of the last page, with these fields beside those that are filled in already. */
  readonly submit: (fields: Record<string, string>) => Promise<Visited>
}

/** Where a user agent has come to. */
interface Visited {
  readonly url: URL
  /** The status of the page; `undefined` at another origin, which is not visited. */
  readonly status: number | undefined
  readonly html: string
}

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  '#39': "'",
  lt: '<',
  gt: '>',
  amp: '&',
}

const unescape = (text: string): string =>
  text.replaceAll(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => entities[name] ?? '')

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : unescape(found)
}

/** What a form would send without being touched: hidden fields and ticked boxes. */
function filledIn(html: string): [name: string, value: string][] {
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(html) ?? []
  return [...form.matchAll(/<input[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const [name, value = ''] = [attribute(tag, 'name'), attribute(tag, 'value')]
    const type = attribute(tag, 'type') ?? 'text'
    const isSent = type === 'hidden' || (type === 'checkbox' && /\schecked/.test(tag))
    return name === undefined || !isSent || /\sdisabled/.test(tag) ? [] : [[name, value]]
  })
}

/** Makes one that knows a single origin, and sends these headers beside its own. */
export function createUserAgent(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
): UserAgent {
  const cookies = new Map<string, string>()
  let page: Visited = { url: new URL(origin), status: undefined, html: '' }

  async function send(url: URL, init: RequestInit = {}): Promise<Visited> {
    if (url.origin !== origin) return { url, status: undefined, html: '' }
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, cookie },
    })
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location !== null) return send(new URL(location, url))
    page = { url, status: response.status, html: await response.text() }
    return page
  }

  return {
    go: (url) => send(new URL(url)),
    submit: (fields) =>
      send(page.url, {
        method: 'POST',
        body: new URLSearchParams([...filledIn(page.html), ...Object.entries(fields)]),
      }),
  }
}
