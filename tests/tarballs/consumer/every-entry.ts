import * as apiSdk from '@bailiwick/api-sdk'
import * as apiSdkExpress from '@bailiwick/api-sdk/express'
import * as apiSdkFetch from '@bailiwick/api-sdk/fetch'
import * as apiSdkKoa from '@bailiwick/api-sdk/koa'
import * as apiSdkMcp from '@bailiwick/api-sdk/mcp'
import * as apiSdkOtel from '@bailiwick/api-sdk/otel'
import * as apiSdkPresets from '@bailiwick/api-sdk/presets'
import * as apiSdkServer from '@bailiwick/api-sdk/server'
import * as apiSdkTesting from '@bailiwick/api-sdk/testing'
import * as cli from '@bailiwick/cli'
import * as core from '@bailiwick/core'
import * as express from '@bailiwick/express'
import * as fetch from '@bailiwick/fetch'
import * as koa from '@bailiwick/koa'
import * as node from '@bailiwick/node'
import * as protocol from '@bailiwick/protocol'
import * as postgres from '@bailiwick/store-postgres'
import * as redis from '@bailiwick/store-redis'
import * as sqlite from '@bailiwick/store-sqlite'
import * as ui from '@bailiwick/ui'

/** What each entry of each package is for. */
const functions = [
  apiSdk.createResourceServer,
  apiSdkExpress.guardWith,
  apiSdkFetch.guardWith,
  apiSdkKoa.guardWith,
  apiSdkMcp.createMcpResourceServer,
  apiSdkOtel.createMetrics,
  apiSdkPresets.entra,
  apiSdkServer.fromServer,
  apiSdkTesting.createTestIssuer,
  cli.lintConfiguration,
  core.createAuthorizationServer,
  express.bailiwick,
  fetch.bailiwick,
  koa.bailiwick,
  node.toNodeListener,
  protocol.defineResources,
  postgres.createPostgresStore,
  redis.createRedisStore,
  sqlite.createSqliteStore,
  ui.createUi,
]

const count = functions.filter((entry) => typeof entry === 'function').length
process.stdout.write(`${count}\n`)
