import { emitWarning } from 'node:process'
import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkAppearance, checkPath, defaults } from './appearance.js'
import { checkFunction } from './check-members.js'
import { checkPages, createRenderers } from './pages/page-renderers.js'
import type { PageRenderers } from './pages/page-renderers.js'
import type { Account } from './parts/page-content.js'
import { createSite } from './site.js'
import type { Site } from './site.js'
import type { Authenticate, UiOptions, UiServer } from './ui-options.js'

/** What every page may use: the options with defaults applied. */
export interface Ui {
  readonly server: UiServer
  readonly site: Site
  readonly render: PageRenderers
  readonly authenticate: Authenticate
  readonly accountOf: (subject: string) => Promise<Account>
  /** Where an account is created, and the interaction led back from; `undefined` when nowhere. */
  readonly registerUrl: (interactionId: string) => string | undefined
  /** Below the issuer. */
  readonly interactionPath: string
  /** Below the issuer. */
  readonly grantsPath: string
  readonly report: (error: unknown) => void
}

function checkRegister(register: string | URL | undefined): readonly ConfigurationProblem[] {
  if (register === undefined) return []
  const isUsable = URL.canParse(register) && /^https?:$/.test(new URL(register).protocol)
  return isUsable ? [] : [{ path: 'register', message: 'must be an http or https URL' }]
}

function checkGrantsPath({
  grantsPath,
  interactionPath = defaults.interactionPath,
}: UiOptions): readonly ConfigurationProblem[] {
  const problems = checkPath('grantsPath', grantsPath)
  if (problems.length > 0 || grantsPath?.startsWith(`${interactionPath}/`) !== true) return problems
  return [{ path: 'grantsPath', message: 'must not be below interactionPath' }]
}

const checkAuthenticate = (authenticate: unknown): readonly ConfigurationProblem[] =>
  typeof authenticate === 'function'
    ? []
    : [
        {
          path: 'authenticate',
          message: 'must be a function that checks a user name and a password',
        },
      ]

function checkOptions(options: UiOptions): void {
  const problems = [
    ...checkAppearance(options),
    ...checkAuthenticate(options.authenticate),
    ...checkFunction('describeUser', options.describeUser),
    ...checkRegister(options.register),
    ...checkPages(options.pages),
    ...checkGrantsPath(options),
    ...checkFunction('onError', options.onError),
  ]
  if (problems.length > 0) throw new ConfigurationError(problems)
}

function registration(register: string | URL | undefined): Ui['registerUrl'] {
  return (interactionId) => {
    if (register === undefined) return undefined
    const url = new URL(register)
    url.searchParams.set('interaction', interactionId)
    return url.href
  }
}

/** An observer that fails must not fail what it observes. */
export function safely(onError: (error: unknown) => void): Ui['report'] {
  return (observed) => {
    try {
      onError(observed)
    } catch (error) {
      emitWarning(error instanceof Error ? error : String(error))
    }
  }
}

/**
 * Applies defaults.
 *
 * @throws ConfigurationError with everything that is wrong with the options.
 */
export function resolveUi(options: UiOptions): Ui {
  checkOptions(options)
  const { server, authenticate, describeUser, register, pages, onError } = options
  return {
    server,
    site: createSite(options, server.issuer),
    render: createRenderers(pages),
    authenticate,
    accountOf: async (subject) => ({
      subject,
      name: (await describeUser?.(subject)) ?? subject,
    }),
    registerUrl: registration(register),
    interactionPath: options.interactionPath ?? defaults.interactionPath,
    grantsPath: options.grantsPath ?? defaults.grantsPath,
    report: safely(onError ?? (() => undefined)),
  }
}
