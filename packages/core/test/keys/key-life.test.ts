import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctedKeys, neededKey, rolesAt, signsUntil } from '../../src/keys/key-life.js'
import type { KeyLife } from '../../src/keys/key-life.js'
import { jwksMaxAge } from '../../src/keys/key-policy.js'
import type { KeyPolicy } from '../../src/keys/key-policy.js'
import { never } from '../../src/stores/never.js'

const policy: KeyPolicy = {
  rotationInterval: 1000,
  propagationTime: 100,
  retentionDuration: 200,
  cacheDuration: 10,
}

const key = (generation: number, life: Partial<KeyLife> = {}): KeyLife => ({
  generation,
  createdAt: 0,
  signsFrom: 0,
  expiresAt: never,
  ...life,
})

const generationsOf = ({ announced, signing, retired }: ReturnType<typeof rolesAt<KeyLife>>) => ({
  retired: retired.map(({ generation }) => generation),
  signing: signing?.generation,
  announced: announced.map(({ generation }) => generation),
})

describe('what keys do at second 500', () => {
  const now = 500
  const first = key(1)
  const leaving = key(1, { expiresAt: 600 })
  const announced = key(2, { signsFrom: 501 })
  const started = key(2, { signsFrom: 500 })
  const revoked = (life: Partial<KeyLife>, generation = 2) =>
    key(generation, { revokedAt: 490, expiresAt: 690, ...life })

  it.each<[string, readonly KeyLife[], number[], number | undefined, number[]]>([
    ['none is there', [], [], undefined, []],
    ['the first', [first], [], 1, []],
    ['the first, whose clock is ahead', [key(1, { signsFrom: 502 })], [], 1, []],
    ['a successor that is announced', [first, announced], [], 1, [2]],
    ['a successor whose time has come', [started, first], [1], 2, []],
    ['two that came at the same time', [first, started, key(3, { signsFrom: 500 })], [1, 2], 3, []],
    ['the tenth after the ninth', [key(9), key(10)], [9], 10, []],
    ['a predecessor that has expired', [key(1, { expiresAt: 500 }), started], [], 2, []],
    ['the only one is revoked', [revoked({}, 1)], [], undefined, []],
    [
      'one that signed is revoked: the old one stays retired',
      [leaving, revoked({})],
      [1],
      undefined,
      [],
    ],
    ['one that was announced is revoked', [first, revoked({ signsFrom: 550 })], [], 1, []],
    [
      'the one that signs is revoked and another announced',
      [leaving, revoked({}), key(3, { signsFrom: 900 })],
      [1],
      3,
      [],
    ],
    ['a retired one is revoked', [revoked({}, 1), started], [], 2, []],
  ])('%s', (_, keys, retired, signing, waiting) => {
    expect(generationsOf(rolesAt(keys, now))).toEqual({ retired, signing, announced: waiting })
  })
})

describe('which key has to be made', () => {
  it.each<[string, readonly KeyLife[], number, ReturnType<typeof neededKey>]>([
    ['the first, at once', [], 5, { generation: 1, signsFrom: 5 }],
    ['none before it is time', [key(1)], 899, undefined],
    ['a successor when it is time', [key(1)], 900, { generation: 2, signsFrom: 1000 }],
    ['a successor when it is noticed late', [key(1)], 5000, { generation: 2, signsFrom: 5100 }],
    ['none while one is announced', [key(1), key(2, { signsFrom: 1000 })], 950, undefined],
    [
      'one at once, after what was revoked',
      [key(1, { revokedAt: 5 }), key(2, { revokedAt: 6, signsFrom: 50 })],
      7,
      { generation: 3, signsFrom: 7 },
    ],
    [
      'one in place of an announced one that was revoked',
      [key(1), key(2, { signsFrom: 1000, revokedAt: 950 })],
      950,
      { generation: 3, signsFrom: 1050 },
    ],
  ])('%s', (_, keys, now, expected) => {
    expect(neededKey(keys, now, policy)).toEqual(expected)
  })
})

describe('what is mended', () => {
  it.each<[string, readonly KeyLife[], number, readonly Partial<KeyLife>[]]>([
    ['nothing of a key without successor', [key(1)], 5000, []],
    [
      'a predecessor that does not know its end',
      [key(1), key(2, { signsFrom: 900 })],
      850,
      [{ generation: 1, expiresAt: 1100 }],
    ],
    ['nothing when it knows', [key(1, { expiresAt: 1100 }), key(2, { signsFrom: 900 })], 850, []],
    [
      'a key whose successor was revoked before it signed: it has no end any more',
      [key(1, { expiresAt: 1100 }), key(2, { signsFrom: 900, revokedAt: 800 })],
      850,
      [{ generation: 1, expiresAt: never }],
    ],
    [
      'one that takes over before its time',
      [key(1, { revokedAt: 800 }), key(2, { signsFrom: 900 })],
      850,
      [{ generation: 2, signsFrom: 850, expiresAt: never }],
    ],
    ['nothing of a revoked key', [key(1, { revokedAt: 3, expiresAt: 203 })], 5, []],
  ])('%s', (_, keys, now, expected) => {
    expect(correctedKeys(keys, now, policy)).toEqual(
      expected.map((changes) => expect.objectContaining(changes)),
    )
  })
})

const seconds = (min: number, max: number) => fc.integer({ min, max })

const policies = fc
  .record({
    propagationTime: seconds(30, 300),
    cacheDuration: seconds(1, 20),
    longer: seconds(1, 600),
    retentionDuration: seconds(50, 400),
  })
  .map(({ longer, ...rest }): KeyPolicy => ({
    ...rest,
    rotationInterval: rest.propagationTime + longer,
  }))

/** What nodes do to the records whenever somebody uses one of them, and what each has read when. */
function live(visits: readonly number[], chosen: KeyPolicy) {
  let keys: readonly KeyLife[] = []
  let now = 0
  return visits.map((pause) => {
    now += pause
    keys = keys.filter(({ expiresAt }) => expiresAt > now)
    for (let pass = 0; pass < 3; pass += 1) {
      const corrected = correctedKeys(keys, now, chosen)
      keys = keys.map(
        (old) => corrected.find(({ generation }) => generation === old.generation) ?? old,
      )
      const needed = neededKey(keys, now, chosen)
      if (needed !== undefined) {
        keys = [...keys, { ...needed, createdAt: now, expiresAt: never }]
      }
    }
    return { now, keys }
  })
}

describe('at every moment', () => {
  const visits = fc.array(seconds(0, 250), { minLength: 1, maxLength: 60 })

  it('one key signs, which everybody could see in time, and its tokens stay valid', () => {
    fc.assert(
      fc.property(visits, policies, (pauses, chosen) => {
        const moments = live(pauses, chosen)
        for (const { now, keys } of moments) {
          const { signing, announced } = rolesAt(keys, now)
          expect(signing).toBeDefined()
          expect(announced.length).toBeLessThanOrEqual(1)
          if (signing === undefined) continue
          const { generation, createdAt } = signing
          if (generation > 1) {
            expect(now - createdAt).toBeGreaterThanOrEqual(
              chosen.propagationTime - chosen.cacheDuration,
            )
            expect(chosen.propagationTime).toBeGreaterThan(
              chosen.cacheDuration + jwksMaxAge(chosen),
            )
          }
          // Whatever it signs now is valid for as long as a key is kept: somebody who looks then finds the key.
          const later = moments.filter(
            (moment) => moment.now >= now && moment.now < now + chosen.retentionDuration,
          )
          for (const moment of later) {
            const { retired, signing: current } = rolesAt(moment.keys, moment.now)
            expect([...retired, current].map((one) => one?.generation)).toContain(generation)
          }
        }
      }),
    )
  })

  it('leaves nothing to mend, and tells one end for each key', () => {
    fc.assert(
      fc.property(visits, policies, (pauses, chosen) => {
        for (const { now, keys } of live(pauses, chosen)) {
          expect(correctedKeys(keys, now, chosen)).toEqual([])
          for (const one of keys) {
            const end = signsUntil(one, keys)
            expect(one.expiresAt).toBe(end === undefined ? never : end + chosen.retentionDuration)
          }
        }
      }),
    )
  })

  it('two keys never sign, and none only when all are revoked, whatever is done to them', () => {
    const anyKey = fc.record({
      createdAt: seconds(0, 100),
      signsFrom: seconds(0, 100),
      expiresAt: fc.constant(never),
      revokedAt: fc.option(seconds(0, 100), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 6 }), seconds(0, 120), (lives, now) => {
        const keys = lives.map(({ revokedAt, ...life }, index) => ({
          ...life,
          generation: index + 1,
          ...(revokedAt !== undefined && revokedAt <= now && { revokedAt }),
        }))
        const mended = keys.map(
          (old) =>
            correctedKeys(keys, now, policy).find(
              ({ generation }) => generation === old.generation,
            ) ?? old,
        )
        const { signing } = rolesAt(mended, now)
        const needed = neededKey(mended, now, policy)
        expect(signing === undefined).toBe(needed?.signsFrom === now)
        expect(signing?.revokedAt).toBeUndefined()
      }),
    )
  })
})
