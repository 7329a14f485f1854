import { defineConfig } from 'vite'
import { apiUrl, issuer, ports } from './src/addresses.js'

export default defineConfig({
  root: 'browser',
  server: { host: '127.0.0.1', port: ports.web, strictPort: true },
  preview: { host: '127.0.0.1', port: ports.web, strictPort: true },
  define: {
    'import.meta.env.VITE_ISSUER': JSON.stringify(issuer),
    'import.meta.env.VITE_API_URL': JSON.stringify(apiUrl),
  },
})
