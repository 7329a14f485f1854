import type { ExplorerAccess } from '@bailiwick/ui'
import { loadConfiguration } from '../configuration/load-configuration.js'
import { createHttpServer } from '../serving/create-http-server.js'
import type { TlsFiles } from '../serving/create-http-server.js'
import { createStop } from '../serving/create-stop.js'
import { checkDevelopment } from '../serving/development/check-development.js'
import type { ExplainedRejection } from '../serving/development/explain-rejections.js'
import { formatRejection } from '../serving/development/format-rejection.js'
import { readExplorerAccess } from '../serving/explorer-access.js'
import type { Environment } from '../serving/explorer-access.js'
import { formatEvent } from '../serving/format-event.js'
import { listen } from '../serving/listen.js'
import { listenerBehind } from '../serving/listener-behind.js'
import { readListenAddress, urlOf } from '../serving/listen-address.js'
import { passwordWarning } from '../serving/password-warning.js'
import { openStore } from '../serving/open-store.js'
import { startHandler } from '../serving/start-handler.js'
import { readTrustedProxies } from '../serving/trusted-proxies.js'
import { readStorePlace } from '../stores/store-place.js'
import type { StorePlace } from '../stores/store-place.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'
import type { CommandContext } from './command.js'
import { serverDefaults, serverOptions } from './server-options.js'

function readTlsFiles(key: string | undefined, cert: string | undefined): TlsFiles | undefined {
  if (key === undefined && cert === undefined) return undefined
  if (key !== undefined && cert !== undefined) return { key, cert }
  throw new UsageError('--tls-key and --tls-cert need each other')
}

/** Options that help to understand what a server does. */
interface ServeAids {
  readonly dev?: string
  readonly explorer?: string
}

function readMigrate(text: string, { kind }: StorePlace): 'yes' | 'no' {
  if (text !== 'yes' && text !== 'no') {
    throw new UsageError(`--migrate takes yes or no, not '${text}'`)
  }
  if (text === 'no' && kind !== 'postgres') {
    throw new UsageError('--migrate no needs --store with a postgres:// URL')
  }
  return text
}

/** Who may see the explorer. In development it is there anyway, because errors link to it. */
function accessFor(
  { dev, explorer = dev === undefined ? undefined : 'loopback' }: ServeAids,
  environment: Environment,
): ExplorerAccess | undefined {
  return explorer === undefined ? undefined : readExplorerAccess(explorer, environment)
}

const rejectionWriter =
  (config: string, { stderr, now }: Pick<CommandContext, 'stderr' | 'now'>) =>
  (rejection: ExplainedRejection): void => {
    stderr.write(`${formatRejection(rejection, { time: now(), config })}\n`)
  }

/** `bailiwick serve`: starts the server that a configuration file describes, and runs until it is asked to stop. */
export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'Starts the server that a configuration file describes.',
  synopsis:
    'serve --config FILE [--port N] [--host ADDRESS] [--store PLACE] [--migrate yes|no] [--tls-key FILE --tls-cert FILE] [--trust-proxy ADDRESSES] [--explorer WHO] [--dev]',
  options: {
    config: serverOptions.config,
    port: {
      placeholder: 'N',
      description: `The port, or 0 for a free one. Default: ${serverDefaults.port}.`,
    },
    host: { placeholder: 'ADDRESS', description: `The address. Default: ${serverDefaults.host}.` },
    store: serverOptions.store,
    migrate: {
      placeholder: 'yes|no',
      description: `Whether to bring the tables in a database up to date first. Default: ${serverDefaults.migrate}.`,
    },
    'tls-key': { placeholder: 'FILE', description: 'The private key (PEM) to serve https with.' },
    'tls-cert': { placeholder: 'FILE', description: 'Its certificate and those above it (PEM).' },
    'trust-proxy': {
      placeholder: 'ADDRESSES',
      description:
        'The proxies whose X-Forwarded-For tells the address of a user: IP addresses and networks (10.0.0.0/8), loopback, linklocal, uniquelocal, with commas between them. Default: none.',
    },
    explorer: {
      placeholder: 'WHO',
      description:
        'Serves the resource explorer at /explorer: loopback to this machine, env:NAME to whoever has the password in that variable.',
    },
    dev: {
      description:
        'For development: errors about scopes and resources come with their explanation.',
    },
  },
  async run({ config, ...values }, { stdout, stderr, now, environment, stopRequested }) {
    if (config === undefined) throw new UsageError('--config FILE is needed')
    const tls = readTlsFiles(values['tls-key'], values['tls-cert'])
    const address = readListenAddress({
      scheme: tls === undefined ? 'http' : 'https',
      host: values.host ?? serverDefaults.host,
      port: values.port ?? serverDefaults.port,
    })
    const place = readStorePlace(values.store ?? serverDefaults.store)
    const migrate = readMigrate(values.migrate ?? serverDefaults.migrate, place)

    const proxies = readTrustedProxies(values['trust-proxy'])
    const explorerAccess = accessFor(values, environment)
    const configuration = await loadConfiguration(config, { defaultIssuer: urlOf(address) })
    if (values.dev !== undefined) checkDevelopment(configuration.issuer ?? urlOf(address))
    const httpServer = await createHttpServer(tls)
    const { store, close } = await openStore(place, { migrate })
    const url = await listen(httpServer, address)
    const handle = await startHandler(configuration, {
      defaultIssuer: url,
      store,
      explorerAccess,
      onEvent: (event) => stderr.write(`${formatEvent(event, now())}\n`),
      onRejection: values.dev === undefined ? undefined : rejectionWriter(config, { stderr, now }),
    }).catch(async (error: unknown) => {
      httpServer.close()
      await close()
      throw error
    })
    const warning = passwordWarning(configuration, { defaultIssuer: url })
    if (warning !== undefined) stderr.write(`${warning}\n`)
    const stop = createStop(httpServer)
    httpServer.on('request', listenerBehind(proxies, handle))

    const asked = stopRequested()
    stdout.write(`Bailiwick is listening on ${url}\n`)
    await asked
    await stop()
    await close()
  },
})
