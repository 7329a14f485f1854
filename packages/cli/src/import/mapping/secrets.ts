import type { Secret } from '@bailiwick/protocol'
import type { ReportFinding } from '../findings.js'
import type { Section } from '../sources/section.js'
import { given } from './given.js'
import { parseDate } from './parse-date.js'
import { readProperties } from './read-properties.js'
import type { PropertyReader } from './read-properties.js'
import { reportUnknown } from './uncarried-properties.js'

const sha256Text = /^[A-Za-z0-9+/]{43}=$/
const sha512Text = /^[A-Za-z0-9+/]{86}==$/

const sharedSecret = 'SharedSecret'

/** The kinds that IdentityServer has beside the shared one, in words. */
const otherKinds: Readonly<Record<string, string>> = {
  JWK: 'a JWK',
  X509Thumbprint: 'the thumbprint of a certificate',
  X509Name: 'the name of a certificate',
  X509CertificateBase64: 'a certificate',
}

/** Whether it is a secret that can be compared. Its value is not repeated. */
function isComparable({ path, text }: PropertyReader, report: ReportFinding): boolean {
  const value = text('Value') ?? ''
  const kind = text('Type') ?? sharedSecret
  if (kind !== sharedSecret) {
    report('secret-kind', {
      path,
      message: `it is ${otherKinds[kind] ?? 'of a kind of your own'}, which nothing can be authenticated with here`,
      fix: 'agree on a shared secret, and add its hash to the result',
    })
    return false
  }
  if (sha256Text.test(value)) return true
  report('secret-hash', {
    path,
    message: sha512Text.test(value) ? 'it is a SHA-512 hash' : 'it is no SHA-256 hash in base64',
    fix: "make a new secret, and add { value: sha256('…') } to the result",
  })
  return false
}

/** A secret whose end is not known would not end. */
function isReadable(expiration: Date | undefined, path: string, report: ReportFinding): boolean {
  if (expiration === undefined || !Number.isNaN(expiration.getTime())) return true
  report('unreadable-value', {
    path,
    message: 'a date is needed, so the secret is left out',
    fix: 'add the secret to the result with the date on which it ends',
  })
  return false
}

/** What is no single text is no date either. */
const endOf = (expiration: Section | undefined): Date | undefined =>
  expiration !== undefined && expiration.children.length > 0
    ? new Date(Number.NaN)
    : parseDate(expiration?.text ?? '')

const isoText = (date: Date | undefined): string | undefined =>
  date?.toISOString().replace('.000Z', 'Z')

function toSecret(entry: Section, report: ReportFinding): readonly Secret[] {
  const reader = readProperties(entry, report)
  const isUsable = isComparable(reader, report)
  const expiration = endOf(reader.property('Expiration'))
  const value = reader.text('Value') ?? ''
  const description = reader.text('Description')
  reportUnknown(reader, report)
  if (!isUsable || !isReadable(expiration, `${reader.path}.Expiration`, report)) return []
  return [{ value, ...given({ expiration: isoText(expiration), description }) }]
}

/** Takes over the shared secrets, which are hashed in the same way. The others are reported. */
export function mapSecrets(
  entries: readonly Section[],
  report: ReportFinding,
): readonly Secret[] | undefined {
  const secrets = entries.flatMap((entry) => toSecret(entry, report))
  return secrets.length === 0 ? undefined : secrets
}
