import { absoluteUriFault } from './absolute-uri-fault.js'
import { transportFault } from './transport-fault.js'

/** Finds out why something cannot be the address of a page, or of a service that we call. */
export function webUrlFault(text: string): string | undefined {
  return absoluteUriFault(text) ?? transportFault(new URL(text))
}
