import { createResourceServer, headerCertificate } from '../../src/index.js'

const proxies = ['10.0.0.2', '10.0.0.3']

export const api = createResourceServer({
  resource: 'https://api.example.com',
  issuers: 'https://id.example.com',
  mtls: {
    certificate: headerCertificate({
      header: 'client-cert',
      trusted: ({ peerAddress }) => proxies.includes(peerAddress?.() ?? ''),
    }),
  },
})
