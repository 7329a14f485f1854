import { defineConfig } from 'vite'

export default defineConfig({
  root: 'pages',
  // Where the server serves what is built.
  base: '/sign-in/',
  build: { outDir: '../dist', emptyOutDir: true },
})
