import type { IdentityResource } from './resource.js'

/** The user's identifier (OpenID Connect Core section 3.1.2.1). It makes a request an OpenID Connect request. */
export const openid = {
  name: 'openid',
  displayName: 'Your user identifier',
  required: true,
  userClaims: ['sub'],
} as const satisfies IdentityResource

/** Name, picture and the like (OpenID Connect Core section 5.4). */
export const profile = {
  name: 'profile',
  displayName: 'User profile',
  description: 'Your user profile information (first name, last name, etc.)',
  emphasize: true,
  userClaims: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
} as const satisfies IdentityResource

/** The e-mail address (OpenID Connect Core section 5.4). */
export const email = {
  name: 'email',
  displayName: 'Your email address',
  emphasize: true,
  userClaims: ['email', 'email_verified'],
} as const satisfies IdentityResource

/** The telephone number (OpenID Connect Core section 5.4). */
export const phone = {
  name: 'phone',
  displayName: 'Your phone number',
  emphasize: true,
  userClaims: ['phone_number', 'phone_number_verified'],
} as const satisfies IdentityResource

/** The postal address (OpenID Connect Core section 5.4). */
export const address = {
  name: 'address',
  displayName: 'Your postal address',
  emphasize: true,
  userClaims: ['address'],
} as const satisfies IdentityResource

/** The identity resources that a configuration may name with a plain string. */
export const standardIdentityResources = { openid, profile, email, phone, address } as const

/** The name of an identity resource of OpenID Connect Core section 5.4. */
export type StandardIdentityResourceName = keyof typeof standardIdentityResources
