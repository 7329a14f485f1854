import { expect, it } from 'vitest'
import { chapters } from '../.vitepress/chapters.js'
import { pages } from './support/pages.js'

it('has every page in the sidebar, once, and nothing else', () => {
  const listed = chapters.flatMap((chapter) => Object.keys(chapter.pages))
  const written = pages.map(({ name }) => name).filter((name) => name !== 'index')
  expect(listed.toSorted()).toEqual(written.toSorted())
})
