import { assert, json, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPath } from '../../src/configuration/format-path.js'
import { locateJsonPaths, positionOfPath } from '../../src/configuration/locate-json-paths.js'

/** Every value of a JSON text, with its path. */
function valuesOf(value: unknown, path: readonly PropertyKey[] = []): [string, unknown][] {
  const members: [PropertyKey, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : []
  return [
    [formatPath(path), value],
    ...members.flatMap(([step, member]) => valuesOf(member, [...path, step])),
  ]
}

const text = `{
  "clients": [
    { "clientId": "a, \\"b\\": {", "redirectUris": [
        "x", "y" ] }
  ],
  "odd name": null
}`

describe('locateJsonPaths', () => {
  it.each([
    ['configuration', 1, 1],
    ['clients', 2, 14],
    ['clients[0]', 3, 5],
    ['clients[0].clientId', 3, 19],
    ['clients[0].redirectUris[1]', 4, 14],
    ['["odd name"]', 6, 15],
  ])('%s is at line %i, column %i', (path, line, column) => {
    expect(locateJsonPaths(text).get(path)).toEqual({ line, column })
  })

  it('counts every kind of line break', () => {
    expect(locateJsonPaths('{\r\n"a":\r1,\n"b": 2}').get('b')).toEqual({ line: 4, column: 6 })
  })

  it('finds every value of every text, where it begins', () => {
    assert(
      property(json(), nat(4), (content, indentation) => {
        const value: unknown = JSON.parse(content)
        const written = JSON.stringify(value, undefined, indentation)
        const lines = written.split('\n')
        const positions = locateJsonPaths(written)
        const values = valuesOf(value)
        expect(new Set(positions.keys())).toEqual(new Set(values.map(([path]) => path)))
        for (const [path, member] of values) {
          const { line = 0, column = 0 } = positions.get(path) ?? {}
          const rest = lines[line - 1]?.slice(column - 1)
          const [start = ''] = JSON.stringify(member, undefined, indentation).split('\n')
          expect(rest?.startsWith(start)).toBe(true)
        }
      }),
    )
  })
})

describe('positionOfPath', () => {
  it.each([
    ['clients[0].redirectUris[1]', 4, 14],
    ['clients[0].requirePkce', 3, 5],
    ['clients[0].clientSecrets[2].value', 3, 5],
    ['users', 1, 1],
    ['users[3].subject', 1, 1],
  ])('%s is found at line %i, column %i', (path, line, column) => {
    expect(positionOfPath(path, locateJsonPaths(text))).toEqual({ line, column })
  })

  it('finds nothing where nothing is known', () => {
    expect(positionOfPath('clients[0].clientId', new Map())).toBeUndefined()
  })
})
