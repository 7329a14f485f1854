import type { IssuerOptions } from '../../src/index.js'
import { auth0, cognito, entra, keycloak, okta, xsuaa } from '../../src/presets.js'
import { now, resource } from './test-issuer.js'

type Members = Readonly<Record<string, unknown>>

export interface OtherIssuer {
  readonly preset: IssuerOptions
  /** Where its metadata are; undefined where the preset says where its keys are. */
  readonly metadataUrl?: string
  /** The header of its tokens, besides `alg` and `kid`. */
  readonly header: Members
  /** The claims of a token about a user, and what the API then knows of its caller. */
  readonly user: Members
  readonly caller: Members
  /** What changes when the client acts for itself. */
  readonly machine: Members
  /** What becomes of the claims in an ID token for the client, made so that its audience fits all the same. */
  readonly idToken: Members
  /** A role of the user. */
  readonly role: string
  /** A scope of the user, where it is not called `read`. */
  readonly scope?: string
}

const tenantId = '7b0e0e2c-3f0f-4a6e-9a52-2f6b6f4c1a11'
const apiId = '0d3c6e5f-93c1-4a0f-8f3b-1f0a5b8f2b22'
const appId = '5f1a8a3e-6a0e-4b57-8a53-6d1d1d5e3c33'

const xsuaaUrl = 'https://shop.authentication.eu10.hana.ondemand.com'

const times = { iat: now - 10, nbf: now - 10, exp: now + 300 }
const scopes = ['read', 'write']

export const otherIssuers: Readonly<Record<string, OtherIssuer>> = {
  'Entra ID, version 2': {
    preset: entra({ tenantId, clientId: apiId }),
    metadataUrl: `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`,
    header: { typ: 'JWT' },
    user: {
      ...times,
      aud: apiId,
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      azp: appId,
      azpacr: '1',
      oid: '9c8f0d4a-0000-4000-8000-000000000001',
      roles: ['admin'],
      scp: 'read write',
      sub: 'q7kz_pairwise',
      tid: tenantId,
      uti: 'u1',
      ver: '2.0',
    },
    caller: { subject: 'q7kz_pairwise', clientId: appId, scopes },
    machine: { scp: undefined, sub: '9c8f0d4a-0000-4000-8000-000000000002' },
    idToken: { azp: undefined, azpacr: undefined, scp: undefined },
    role: 'admin',
  },
  'Entra ID, version 1': {
    preset: entra({ tenantId, clientId: apiId, version: '1.0' }),
    metadataUrl: `https://login.microsoftonline.com/${tenantId}/.well-known/openid-configuration`,
    header: { typ: 'JWT', x5t: 'thumb' },
    user: {
      ...times,
      aud: `api://${apiId}`,
      iss: `https://sts.windows.net/${tenantId}/`,
      acr: '1',
      amr: ['pwd'],
      appid: appId,
      appidacr: '0',
      oid: '9c8f0d4a-0000-4000-8000-000000000001',
      roles: ['admin'],
      scp: 'read write',
      sub: 'q7kz_pairwise',
      tid: tenantId,
      uti: 'u1',
      ver: '1.0',
    },
    caller: { subject: 'q7kz_pairwise', clientId: appId, scopes },
    machine: { scp: undefined, sub: '9c8f0d4a-0000-4000-8000-000000000002' },
    idToken: { aud: apiId, appid: undefined, appidacr: undefined, nonce: 'n' },
    role: 'admin',
  },
  'Auth0, its own profile': {
    preset: auth0({ domain: 'shop.eu.auth0.com' }),
    metadataUrl: 'https://shop.eu.auth0.com/.well-known/openid-configuration',
    header: { typ: 'JWT' },
    user: {
      ...times,
      nbf: undefined,
      iss: 'https://shop.eu.auth0.com/',
      sub: 'auth0|42',
      aud: [resource, 'https://shop.eu.auth0.com/userinfo'],
      azp: 'spa',
      scope: 'read write',
      roles: ['admin'],
    },
    caller: { subject: 'auth0|42', clientId: 'spa', scopes },
    machine: { sub: 'spa@clients', gty: 'client-credentials' },
    idToken: { aud: [resource, 'spa'], scope: undefined },
    role: 'admin',
  },
  'Auth0, RFC 9068': {
    preset: auth0({ domain: 'shop.eu.auth0.com' }),
    metadataUrl: 'https://shop.eu.auth0.com/.well-known/openid-configuration',
    header: { typ: 'at+jwt' },
    user: {
      ...times,
      iss: 'https://shop.eu.auth0.com/',
      sub: 'auth0|42',
      aud: [resource, 'https://shop.eu.auth0.com/userinfo'],
      client_id: 'spa',
      jti: 'j1',
      scope: 'read write',
      roles: ['admin'],
    },
    caller: { subject: 'auth0|42', clientId: 'spa', jti: 'j1', scopes },
    machine: { sub: 'spa@clients' },
    idToken: { nonce: 'n' },
    role: 'admin',
  },
  Okta: {
    preset: okta({ domain: 'shop.okta.com', audience: 'api://default' }),
    metadataUrl: 'https://shop.okta.com/oauth2/default/.well-known/openid-configuration',
    header: {},
    user: {
      ...times,
      nbf: undefined,
      ver: 1,
      jti: 'AT.1',
      iss: 'https://shop.okta.com/oauth2/default',
      aud: 'api://default',
      cid: '0oa1',
      uid: '00u1',
      scp: scopes,
      auth_time: now - 60,
      sub: 'alice@example.com',
      roles: ['admin'],
    },
    caller: { subject: 'alice@example.com', clientId: '0oa1', jti: 'AT.1', scopes },
    machine: { uid: undefined, auth_time: undefined, sub: '0oa1' },
    idToken: { cid: undefined, uid: undefined, scp: undefined, jti: 'ID.1' },
    role: 'admin',
  },
  Cognito: {
    preset: cognito({ region: 'eu-central-1', userPoolId: 'eu-central-1_a1', clientIds: ['app'] }),
    metadataUrl:
      'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1/.well-known/openid-configuration',
    header: {},
    user: {
      ...times,
      nbf: undefined,
      sub: '1f0e2d3c-0000-4000-8000-000000000003',
      'cognito:groups': ['admin'],
      iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1',
      version: 2,
      client_id: 'app',
      origin_jti: 'o1',
      token_use: 'access',
      scope: 'read write',
      auth_time: now - 60,
      jti: 'j1',
      username: 'alice',
    },
    caller: {
      subject: '1f0e2d3c-0000-4000-8000-000000000003',
      clientId: 'app',
      jti: 'j1',
      scopes,
    },
    machine: { sub: 'app', username: undefined, 'cognito:groups': undefined },
    idToken: { token_use: 'id', aud: resource, 'cognito:username': 'alice' },
    role: 'admin',
  },
  Keycloak: {
    preset: keycloak({ url: 'https://sso.example.com/', realm: 'shop' }),
    metadataUrl: 'https://sso.example.com/realms/shop/.well-known/openid-configuration',
    header: { typ: 'JWT' },
    user: {
      ...times,
      nbf: undefined,
      jti: 'j1',
      iss: 'https://sso.example.com/realms/shop',
      aud: [resource, 'account'],
      sub: '1f0e2d3c-0000-4000-8000-000000000004',
      typ: 'Bearer',
      azp: 'web',
      sid: 's1',
      acr: '1',
      nonce: 'of old versions',
      realm_access: { roles: ['admin'] },
      resource_access: { invoices: { roles: ['clerk'] } },
      scope: 'read write',
      preferred_username: 'alice',
    },
    caller: {
      subject: '1f0e2d3c-0000-4000-8000-000000000004',
      clientId: 'web',
      jti: 'j1',
      scopes,
    },
    machine: { client_id: 'web', preferred_username: 'service-account-web', sid: undefined },
    idToken: { typ: 'ID', scope: undefined },
    role: 'admin',
  },
  'Keycloak, roles of a client': {
    preset: keycloak({ url: 'https://sso.example.com', realm: 'shop', clientId: 'invoices' }),
    metadataUrl: 'https://sso.example.com/realms/shop/.well-known/openid-configuration',
    header: { typ: 'JWT' },
    user: {
      ...times,
      jti: 'j1',
      iss: 'https://sso.example.com/realms/shop',
      aud: resource,
      sub: 'alice',
      typ: 'Bearer',
      azp: 'web',
      realm_access: { roles: ['admin'] },
      resource_access: { invoices: { roles: ['clerk'] } },
      scope: 'read write',
    },
    caller: { subject: 'alice', clientId: 'web', jti: 'j1', scopes },
    machine: { clientId: 'web', preferred_username: 'service-account-web' },
    idToken: { at_hash: 'h' },
    role: 'clerk',
  },
  XSUAA: {
    preset: xsuaa({ url: xsuaaUrl, xsappname: 'shop!t42' }),
    header: { typ: 'JWT', jku: `${xsuaaUrl}/token_keys`, jid: 'j' },
    user: {
      ...times,
      nbf: undefined,
      jti: 'j1',
      ext_attr: { enhancer: 'XSUAA', subaccountid: 's1', zdn: 'shop' },
      'xs.system.attributes': { 'xs.rolecollections': ['Shop Admin'] },
      'xs.user.attributes': {},
      given_name: 'Alice',
      family_name: 'Doe',
      sub: '6503d066-0000-4000-8000-000000000005',
      scope: ['openid', 'shop!t42.read'],
      client_id: 'sb-shop!t42',
      cid: 'sb-shop!t42',
      azp: 'sb-shop!t42',
      grant_type: 'authorization_code',
      user_id: '6503d066-0000-4000-8000-000000000005',
      origin: 'sap.default',
      user_name: 'alice@example.com',
      email: 'alice@example.com',
      nonce: 'of the request',
      auth_time: now - 60,
      rev_sig: '3c615231',
      iss: `${xsuaaUrl}/oauth/token`,
      zid: 'z1',
      aud: ['openid', 'shop!t42', 'sb-shop!t42'],
    },
    caller: {
      subject: '6503d066-0000-4000-8000-000000000005',
      clientId: 'sb-shop!t42',
      jti: 'j1',
      scopes: ['openid', 'shop!t42.read'],
    },
    machine: {
      sub: 'sb-shop!t42',
      authorities: ['shop!t42.read'],
      grant_type: 'client_credentials',
      user_id: undefined,
      user_name: undefined,
      origin: undefined,
      email: undefined,
    },
    idToken: { scope: ['openid'], email_verified: true },
    role: 'Shop Admin',
    scope: 'shop!t42.read',
  },
}
