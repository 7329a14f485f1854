import { Buffer, isUtf8 } from 'node:buffer'

// The last digit of 2 or 3 carries 4 or 2 bits that belong to no byte. Digits that differ only there decode to the
// same bytes: whoever lists tokens by their text would then know one of sixteen spellings of a token.
const lastDigits: readonly (string | undefined)[] = [undefined, '', 'AQgw', 'AEIMQUYcgkosw048']

/** Tells whether a text of base64url digits is the one spelling its bytes have (RFC 7515 section 2). */
export function isCanonicalBase64url(segment: string): boolean {
  const last = lastDigits[segment.length % 4]
  return last === undefined || last.includes(segment.charAt(segment.length - 1))
}

/** Decodes the UTF-8 JSON of a segment. Throws when it is anything else. */
export function decodeSegment(segment: string): unknown {
  const bytes = Buffer.from(segment, 'base64url')
  if (!isUtf8(bytes)) throw new TypeError('this is no UTF-8')
  const json: unknown = JSON.parse(bytes.toString())
  return json
}
