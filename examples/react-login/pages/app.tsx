import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Answer, Question } from '../src/answer.js'
import { ConfirmPage } from './confirm-page.js'
import { ConsentPage } from './consent-page.js'
import { LoginPage } from './login-page.js'
import { readQuestion, sendAnswer } from './requests.js'

/** What every page gets. */
export interface PageProps {
  readonly question: Question
  readonly answer: (answer: Answer) => void
}

/** One page for each thing that the server may ask. */
function Page(props: PageProps): ReactNode {
  const { prompt, user } = props.question
  switch (prompt) {
    case 'login':
    // Who can create accounts has a page of its own for this one.
    case 'create':
      return <LoginPage {...props} />
    case 'select_account':
      return <ConfirmPage {...props} title={`Go on as ${user?.subject}?`} kind="continue" />
    case 'consent':
      return <ConsentPage {...props} />
    case 'logout':
      return <ConfirmPage {...props} title="Do you want to sign out?" kind="logout" />
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'Error')

export function App(): ReactNode {
  const [question, setQuestion] = useState<Question>()
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    readQuestion().then(setQuestion, (error: unknown) => setProblem(messageOf(error)))
  }, [])

  const answerWith = (asked: Question) => (answer: Answer) => {
    sendAnswer(asked, answer).then(setProblem, (error: unknown) => setProblem(messageOf(error)))
  }

  return (
    <>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {question !== undefined && <Page question={question} answer={answerWith(question)} />}
    </>
  )
}
