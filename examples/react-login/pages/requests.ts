import type { Answer, Outcome, Question } from '../src/answer.js'

// The page is at /sign-in/ and the id; what it asks and reports is below.
const page = location.pathname

async function problemOf(response: Response): Promise<Error> {
  const { problem = 'Please start again.' }: { problem?: string } = await response.json()
  return new Error(problem)
}

/** Finds out what to ask. */
export async function readQuestion(): Promise<Question> {
  const response = await fetch(`${page}/question`)
  if (!response.ok) throw await problemOf(response)
  const question: Question = await response.json()
  return question
}

/** Reports the answer, and leaves the page, unless there is a problem to show. */
export async function sendAnswer({ csrf }: Question, answer: Answer): Promise<string | undefined> {
  const response = await fetch(`${page}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf ?? '' },
    body: JSON.stringify(answer),
  })
  if (!response.ok) throw await problemOf(response)
  const outcome: Outcome = await response.json()
  if ('problem' in outcome) return outcome.problem
  // The browser itself goes there: the server has to see its cookies and may send it to the client.
  location.assign(outcome.url)
  return undefined
}
