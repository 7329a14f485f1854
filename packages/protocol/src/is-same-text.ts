import { Buffer } from 'node:buffer'
import { timingSafeEqual } from 'node:crypto'

/** Compares two texts of a length that everybody knows, e.g. hashes, in a time that tells nothing about either. */
export function isSameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
