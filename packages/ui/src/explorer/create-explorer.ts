import { ConfigurationError } from '@bailiwick/protocol'
import type {
  ConfigurationProblem,
  HttpHandler,
  HttpRequest,
  HttpResponse,
} from '@bailiwick/protocol'
import { answerFailure } from '../answer-failure.js'
import { checkAppearance, checkPath, defaults } from '../appearance.js'
import { checkFunction } from '../check-members.js'
import { answerAsset } from '../http/answer-asset.js'
import { pathsBelowIssuer } from '../http/paths-below-issuer.js'
import { respond } from '../http/respond.js'
import { PageFailure } from '../page-failure.js'
import { createRenderers } from '../pages/page-renderers.js'
import { safely } from '../ui.js'
import { checkAccess, createGate } from './access/gate.js'
import type { Gate } from './access/gate.js'
import { writeExplorer } from './explorer-document.js'
import type { ExplorerOptions, ExplorerServer } from './explorer-options.js'
import { createExplorerSite } from './explorer-site.js'
import type { ExplorerSite } from './explorer-site.js'
import { readRequestFields, toExplainRequest } from './request/request-fields.js'

/** What answers are made with. */
interface Explorer {
  readonly server: ExplorerServer
  readonly site: ExplorerSite
  readonly gate: Gate
}

type Answer = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>

function checkSubjects(subjects: unknown): readonly ConfigurationProblem[] {
  if (subjects === undefined) return []
  const isList = Array.isArray(subjects) && subjects.every((each) => typeof each === 'string')
  return isList ? [] : [{ path: 'subjects', message: 'must be a list of texts' }]
}

function checkOptions(options: ExplorerOptions): void {
  const problems = [
    ...checkAccess(options.access, options.server.issuer),
    ...checkPath('path', options.path),
    ...checkAppearance(options),
    ...checkSubjects(options.subjects),
    ...checkFunction('onError', options.onError),
  ]
  if (problems.length > 0) throw new ConfigurationError(problems)
}

async function answerPage(
  request: HttpRequest,
  { server, site, gate }: Explorer,
): Promise<HttpResponse> {
  await gate(request)
  const fields = readRequestFields(request.url)
  const asked = toExplainRequest(fields)
  const explanation = asked && (await server.explain(asked))
  return respond({
    status: 200,
    html: writeExplorer(site, { fields, explanation }),
    permissions: { images: [site.logo], scripts: 'self', forms: 'self' },
  })
}

function answerOf(path: string, below: string, explorer: Explorer): Answer | undefined {
  if (path === below) return (request) => answerPage(request, explorer)
  if (!path.startsWith(`${below}/`)) return undefined
  // These say nothing of the configuration, so they are open to everybody.
  const asset = explorer.site.assets.get(path.slice(below.length + 1))
  return asset && ((request) => answerAsset(request, asset))
}

function checkMethod({ method }: HttpRequest): void {
  if (method === 'GET' || method === 'HEAD') return
  throw new PageFailure('wrongMethod', { headers: { allow: 'GET, HEAD' } })
}

/**
 * Creates the resource explorer: a page with a picture of the configuration, and a form that explains which tokens a
 * request gets, and why. It is for developers and administrators, shows no secrets and issues nothing. Mount it beside
 * the server: `app.use(bailiwick(createExplorer({ server, resources, clients, access: { authenticate } })))`.
 *
 * @throws ConfigurationError with everything that is wrong with the options, above all when nobody said who may see it.
 */
export function createExplorer(options: ExplorerOptions): HttpHandler {
  checkOptions(options)
  const { server, access, path = defaults.explorerPath, onError } = options
  const explorer = {
    server,
    site: createExplorerSite(options, { path }),
    gate: createGate(access),
    render: createRenderers(),
    report: safely(onError ?? (() => undefined)),
  }

  return async (request) => {
    const answer = pathsBelowIssuer(request, explorer.site)
      .map((found) => answerOf(found, path, explorer))
      .find((found) => found !== undefined)
    if (answer === undefined) return undefined
    try {
      checkMethod(request)
      return await answer(request)
    } catch (error) {
      return answerFailure(error, request, explorer)
    }
  }
}
