import { expect, it } from 'vitest'
import { createRefreshing } from '../../src/keys/refreshing.js'

it('keeps no answer that comes later than a newer one', async () => {
  let time = 0
  const answers: ((value: string) => void)[] = []
  const { read } = createRefreshing<string>(
    () => new Promise((resolve) => void answers.push(resolve)),
    { lifetime: 60, now: () => time, wait: async () => undefined, onFailure: () => undefined },
  )
  const first = read()
  answers[0]?.('first')
  expect(await first).toBe('first')
  time = 60
  expect(await read()).toBe('first')
  time = 65
  expect(await read()).toBe('first')
  answers[2]?.('third')
  await expect.poll(read).toBe('third')
  answers[1]?.('second')
  await Promise.resolve()
  await Promise.resolve()
  expect(await read()).toBe('third')
})
