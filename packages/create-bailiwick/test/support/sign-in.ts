import type { Page } from 'playwright-core'

/** Signs alice in at the web client of a project, as she does it herself, and gives what she reads then. */
export async function signIn(page: Page, client: string, password: string): Promise<string> {
  await page.goto(client)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.locator('[name=username]').fill('alice')
  await page.locator('[name=password]').fill(password)
  await page.locator('form button').first().click()
  return page.locator('body').innerText()
}
