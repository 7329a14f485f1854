import { createPublicKey, generateKeyPairSync, hash, sign, X509Certificate } from 'node:crypto'

/** A certificate that its owner has signed, and the key it is about. */
export interface TestCertificate {
  readonly der: Buffer
  readonly pem: string
  /** In PEM. */
  readonly key: string
  readonly thumbprint: string
}

function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const sequence = (...contents: readonly Buffer[]): Buffer => element(0x30, ...contents)
const identifier = (...bytes: readonly number[]): Buffer => element(0x06, Buffer.from(bytes))

const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2))
const commonName = identifier(0x55, 4, 3)
const time = (text: string): Buffer => element(0x17, Buffer.from(text))

/** Makes a certificate (RFC 5280 section 4.1), of the first version because that has no extensions. */
export function createCertificate(name: string): TestCertificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(name)))))
  const toBeSigned = sequence(
    element(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    subject,
    sequence(time('200101000000Z'), time('491231235959Z')),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  )
  const signature = element(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey))
  const der = sequence(toBeSigned, ecdsaWithSha256, signature)
  return {
    der,
    pem: new X509Certificate(der).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprint: hash('sha256', der, 'base64url'),
  }
}
