import type { LintRule } from '../lint-rule.js'
import { algorithmDisagreement } from './algorithm-disagreement.js'
import { ambiguousAudience } from './ambiguous-audience.js'
import { apiWithoutSecret } from './api-without-secret.js'
import { browserClientWithoutCors } from './browser-client-without-cors.js'
import { consentSkipped } from './consent-skipped.js'
import { corsOriginElsewhere } from './cors-origin-elsewhere.js'
import { developmentUsers } from './development-users.js'
import { disabledReference } from './disabled-reference.js'
import { endlessRefreshToken } from './endless-refresh-token.js'
import { expiredSecret } from './expired-secret.js'
import { expiringSecret } from './expiring-secret.js'
import { frontChannelLogoutOrigin } from './front-channel-logout-origin.js'
import { guessableSecret } from './guessable-secret.js'
import { identityScopeWithoutOpenid } from './identity-scope-without-openid.js'
import { identityScopeWithoutUser } from './identity-scope-without-user.js'
import { impliedScopeElsewhere } from './implied-scope-elsewhere.js'
import { impliesCycle } from './implies-cycle.js'
import { isolatedScopesShared } from './isolated-scopes-shared.js'
import { localhostRedirect } from './localhost-redirect.js'
import { longAccessToken } from './long-access-token.js'
import { loopbackRedirect } from './loopback-redirect.js'
import { mixedGrants } from './mixed-grants.js'
import { noValidSecret } from './no-valid-secret.js'
import { offlineAccessWithoutRefresh } from './offline-access-without-refresh.js'
import { openRedirectParameter } from './open-redirect-parameter.js'
import { pkceNotRequired } from './pkce-not-required.js'
import { privateSchemeRedirect } from './private-scheme-redirect.js'
import { protocolClaim } from './protocol-claim.js'
import { refreshWithoutOfflineAccess } from './refresh-without-offline-access.js'
import { reusablePublicRefreshToken } from './reusable-public-refresh-token.js'
import { scopeOutsideAllowedResources } from './scope-outside-allowed-resources.js'
import { scopeWithoutAudience } from './scope-without-audience.js'
import { scopeWithoutDisplayName } from './scope-without-display-name.js'
import { secretInBrowser } from './secret-in-browser.js'
import { secretNotRequired } from './secret-not-required.js'
import { settingWithoutEffect } from './setting-without-effect.js'
import { sharedSecret } from './shared-secret.js'
import { similarNames } from './similar-names.js'
import { staticAudience } from './static-audience.js'
import { subjectIsClient } from './subject-is-client.js'
import { unknownClaim } from './unknown-claim.js'
import { unnameableApi } from './unnameable-api.js'
import { unprefixedClientClaims } from './unprefixed-client-claims.js'
import { unreachableApi } from './unreachable-api.js'
import { unreachableScope } from './unreachable-scope.js'
import { unusedRedirectUris } from './unused-redirect-uris.js'
import { uselessClient } from './useless-client.js'

/** Every rule, in the order of the documentation. */
export const lintRules: readonly LintRule[] = [
  noValidSecret,
  guessableSecret,
  developmentUsers,
  subjectIsClient,
  reusablePublicRefreshToken,
  unreachableScope,
  scopeWithoutAudience,
  scopeOutsideAllowedResources,
  unreachableApi,
  uselessClient,
  isolatedScopesShared,
  algorithmDisagreement,
  staticAudience,
  ambiguousAudience,
  apiWithoutSecret,
  disabledReference,
  similarNames,
  impliesCycle,
  impliedScopeElsewhere,
  unknownClaim,
  protocolClaim,
  unprefixedClientClaims,
  identityScopeWithoutUser,
  identityScopeWithoutOpenid,
  loopbackRedirect,
  localhostRedirect,
  openRedirectParameter,
  unusedRedirectUris,
  frontChannelLogoutOrigin,
  pkceNotRequired,
  consentSkipped,
  refreshWithoutOfflineAccess,
  offlineAccessWithoutRefresh,
  endlessRefreshToken,
  longAccessToken,
  corsOriginElsewhere,
  browserClientWithoutCors,
  secretInBrowser,
  secretNotRequired,
  expiringSecret,
  sharedSecret,
  settingWithoutEffect,
  unnameableApi,
  scopeWithoutDisplayName,
  privateSchemeRedirect,
  mixedGrants,
  expiredSecret,
]
