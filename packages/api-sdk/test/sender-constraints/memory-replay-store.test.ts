import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createMemoryReplayStore } from '../../src/index.js'

describe('createMemoryReplayStore', () => {
  it('tells a key that is new from one that is not', () => {
    const { putIfAbsent } = createMemoryReplayStore({ now: () => 1000 })
    expect([putIfAbsent('a', 1060), putIfAbsent('a', 1060), putIfAbsent('b', 1060)]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('forgets each key when it expires, whatever the order', () => {
    let time = 1000
    const { putIfAbsent } = createMemoryReplayStore({ limit: 2, now: () => time })
    expect(putIfAbsent('late', 1060.5)).toBe(true)
    expect(putIfAbsent('early', 1010)).toBe(true)
    expect(() => putIfAbsent('more', 1060)).toThrow('the replay store is full: 2 proofs')
    time = 1010
    expect(putIfAbsent('more', 1070)).toBe(true)
    time = 1060.9
    expect(putIfAbsent('late', 1070)).toBe(false)
    time = 1061
    expect(putIfAbsent('late', 1070)).toBe(true)
  })

  it('takes nothing for new that it may have forgotten, after the clock was set back', () => {
    let time = 1000
    const { putIfAbsent } = createMemoryReplayStore({ now: () => time })
    expect(putIfAbsent('a', 1060)).toBe(true)
    time = 1100
    expect(putIfAbsent('b', 1160)).toBe(true)
    time = 1000
    expect(putIfAbsent('a', 1060)).toBe(false)
    expect(putIfAbsent('c', 1101)).toBe(true)
  })

  it('D10 goes on at once after a clock that was a year ahead for a moment', () => {
    const year = 365 * 24 * 3600
    let time = 1000
    const { putIfAbsent } = createMemoryReplayStore({ limit: 2, now: () => time })
    expect(putIfAbsent('a', 1060)).toBe(true)
    time += year
    expect(putIfAbsent('b', year + 1060)).toBe(true)
    time = 1061
    expect(putIfAbsent('a', 1060)).toBe(false)
    expect(putIfAbsent('c', 1121)).toBe(true)
    expect(putIfAbsent('c', 1121)).toBe(false)
    time = 1121
    expect(putIfAbsent('d', 1181)).toBe(true)
  })

  it('holds no more than 100,000 unless told otherwise', () => {
    const { putIfAbsent } = createMemoryReplayStore({ now: () => 1000 })
    const added = Array.from({ length: 100_000 }, (_, index) => putIfAbsent(String(index), 1060))
    expect(added.every(Boolean)).toBe(true)
    expect(() => putIfAbsent('one more', 1060)).toThrow(RangeError)
    expect(putIfAbsent('0', 1060)).toBe(false)
  })

  it('reads the clock of the machine', () => {
    const { putIfAbsent } = createMemoryReplayStore()
    const second = Date.now() / 1000
    expect(putIfAbsent('a', second - 10)).toBe(false)
    expect(putIfAbsent('a', second + 60)).toBe(true)
  })

  it.each([0, 1.5, -1, Number.NaN, Infinity])('is not made for %s', (limit) => {
    expect(() => createMemoryReplayStore({ limit })).toThrow(ConfigurationError)
  })
})
