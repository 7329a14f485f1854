import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Bailiwick',
  description: 'OAuth 2.0 and OpenID Connect for Node.js, around a resource model.',
})
