import { env } from 'node:process'

const { PORT = '5001', API_PORT = '5002' } = env

export const { ISSUER: issuer = `http://127.0.0.1:${PORT}` } = env
export const { API_URL: apiUrl = `http://127.0.0.1:${API_PORT}` } = env
export const serverPort = Number(PORT)
export const apiPort = Number(API_PORT)
