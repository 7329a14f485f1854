/**
 * Asks a function of the application. Throws when it returns anything but a boolean: a promise is truthy, and an async
 * predicate must not let everybody pass.
 */
export function decide<Value>(predicate: (value: Value) => unknown, value: Value): boolean {
  const answer = predicate(value)
  if (typeof answer === 'boolean') return answer
  // Nobody waits for it, and a rejection that nobody handles ends the process.
  if (answer instanceof Promise) answer.catch(() => undefined)
  throw new TypeError('the predicate of a requirement returned no boolean')
}
