/** What the command line may hold. */
export const usage = `Usage: npm create bailiwick [folder] -- [options]

Writes an authorization server, an API and a client in TypeScript, which one command starts. It asks for what is not given.

  --framework express|koa|hono  what they are written for
  --callers people|machines     who calls the API: people who sign in at a web client, or machines with a secret
  --yes                         asks nothing: my-bailiwick, express and people are what is not given
  --help                        shows this
  --version                     shows the version
`
