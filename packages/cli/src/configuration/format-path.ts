const isPlain = (name: string): boolean => /^[\w$#-]+$/.test(name)

/** Writes a path as people write it in code: `apiResources[2].scopes[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`
      const name = String(step)
      return isPlain(name) ? `.${name}` : `[${JSON.stringify(name)}]`
    })
    .join('')
  return text === '' ? 'configuration' : text.replace(/^\./, '')
}
