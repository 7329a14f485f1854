import type { RequestListener } from 'node:http'
import express from 'express'
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** The middlewares of express-oauth2-jwt-bearer, as strict as it can be told to be. */
export async function jwtBearerOnExpress({
  publicKey,
  algorithm,
}: GuardContender): Promise<RequestListener> {
  const { issuer, audience, scope, path } = world
  const authenticate = auth({
    issuer,
    audience,
    publicKey: { ...publicKey },
    tokenSigningAlg: algorithm,
    strict: true,
  })
  return express().get(path, authenticate, requiredScopes(scope), (request, response) => {
    response.json({ subject: request.auth?.payload.sub })
  })
}
