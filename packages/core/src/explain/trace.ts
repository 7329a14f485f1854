import { OAuthError } from '@bailiwick/protocol'
import type { Decision, Report } from '../decision.js'

/** Where on the way to a token a decision was made. */
export type Phase = 'authorization' | 'token' | 'refresh' | 'userinfo'

/** A decision, and when it was made. */
interface TracedDecision {
  readonly phase: Phase
  readonly decision: Decision
}

/** What a client would be told, as it would be told. */
export interface ExplainedError {
  readonly error: string
  readonly error_description: string
  readonly phase: Phase
}

/** Collects the decisions of one request. */
export interface Trace {
  readonly report: Report
  readonly decisions: () => readonly TracedDecision[]
  /** Runs a part of the way, to whose decisions its name is put. */
  readonly during: <Result>(phase: Phase, work: () => Promise<Result>) => Promise<Result>
  /** What the way ended with, if it ended early. */
  readonly failure: (thrown: unknown) => ExplainedError
}

/** Begins to collect. */
export function createTrace(): Trace {
  const traced: TracedDecision[] = []
  let current: Phase = 'authorization'
  return {
    report: (decision) => {
      traced.push({ phase: current, decision })
    },
    decisions: () => traced,
    during: (phase, work) => {
      current = phase
      return work()
    },
    failure: (thrown) => {
      if (!(thrown instanceof OAuthError)) throw thrown
      return { error: thrown.code, error_description: thrown.message, phase: current }
    },
  }
}
