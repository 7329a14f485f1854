import { env } from 'node:process'

const { PORT = '5001', API_PORT = '5002', WEB_PORT = '5003' } = env

export const ports = { server: Number(PORT), api: Number(API_PORT), web: Number(WEB_PORT) }
export const issuer = `http://127.0.0.1:${PORT}`
export const apiUrl = `http://127.0.0.1:${API_PORT}`
/** The origin of the pages: where the browser comes back to, and who may call with scripts. */
export const webUrl = `http://127.0.0.1:${WEB_PORT}`
