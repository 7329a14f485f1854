export type {
  AbuseCase,
  AbuseContext,
  AbuseRequest,
  ExpectedAnswer,
  ExpectedChallenge,
} from './testing/abuse-case.js'
export {
  abuseCases,
  dpopAbuseCases,
  everyMethodAbuseCases,
  optionalGuardAbuseCases,
  referenceTokenAbuseCases,
} from './testing/abuse-cases.js'
export { checkAbuseCase } from './testing/check-abuse-case.js'
export type { AbuseResponse, AbuseTarget } from './testing/check-abuse-case.js'
export { createTestIssuer } from './testing/create-test-issuer.js'
export type { DPoPKey, ProofOptions } from './testing/dpop-key.js'
export { parseChallenges } from './testing/parse-challenges.js'
export type { ParsedChallenge } from './testing/parse-challenges.js'
export type { Segment } from './testing/signing-key.js'
export type { TestIssuer, TestIssuerOptions } from './testing/test-issuer.js'
export type { FetchedRequest, TestEndpoint } from './testing/test-network.js'
export type { TokenOptions } from './testing/test-tokens.js'
