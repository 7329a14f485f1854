import { describe, expect, it } from 'vitest'
import { createRecordIndex } from '../../src/memory/record-index.js'
import type { Indexed, RecordIndex } from '../../src/memory/record-index.js'

/** 1,000 items of Alice, one of them of the client `web`, that count how often a filter is compared with one. */
function countingIndex() {
  const count = { comparisons: 0 }
  const index = createRecordIndex<Indexed>()
  for (let number = 0; number < 1000; number += 1) {
    index.add({
      key: `key ${number}`,
      clientId: number === 500 ? 'web' : `client ${number}`,
      get subject() {
        count.comparisons += 1
        return 'alice'
      },
    })
  }
  count.comparisons = 0
  return { index, count }
}

describe('the index of the in-memory store', () => {
  it.each([
    [
      'select',
      (index: RecordIndex<Indexed>) => index.select({ subject: 'alice', clientId: 'web' }),
    ],
    [
      'inOrder',
      (index: RecordIndex<Indexed>) => [
        ...index.inOrder({ subject: 'alice', clientId: 'web' }, ''),
      ],
    ],
  ])('%s looks only at what agrees with the rarest member', (_, find) => {
    const { index, count } = countingIndex()
    expect(find(index).map(({ key }) => key)).toEqual(['key 500'])
    expect(count.comparisons).toBe(1)
  })

  it('walks on from where a part ended without looking at what came before', () => {
    const { index, count } = countingIndex()
    const [next] = index.inOrder({ subject: 'alice' }, 'key 600')
    expect(next?.key).toBe('key 601')
    expect(count.comparisons).toBe(1)
  })
})
