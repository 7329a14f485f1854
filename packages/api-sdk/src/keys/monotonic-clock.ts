/**
 * Makes a clock for measuring ages out of one that tells the time and may be set back: it then stands still for one
 * reading and goes on from there, so that no age is ever negative and nothing expires because of it.
 */
export function monotonicClock(now: () => number): () => number {
  let lead = 0
  let latest = -Infinity
  return () => {
    const reading = now() + lead
    if (reading < latest) lead += latest - reading
    latest = Math.max(latest, reading)
    return latest
  }
}
