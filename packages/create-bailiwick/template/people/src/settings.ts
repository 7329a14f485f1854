import { env } from 'node:process'

/** Reads a value of the file .env. */
function read(name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing in .env`)
  return value
}

/** Where everything is. */
export const issuer = read('ISSUER')
export const apiUrl = read('API_URL')
export const clientUrl = read('CLIENT_URL')

/** The secrets of this project. */
export const dataKey = read('DATA_KEY')
export const clientSecret = read('CLIENT_SECRET')
export const alicePassword = read('ALICE_PASSWORD')
