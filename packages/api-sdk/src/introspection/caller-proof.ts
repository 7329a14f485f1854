/** What a request says to show who sends it. */
interface CallerProof {
  /** The `Authorization` header field. */
  readonly authorization?: string
  /** What is added to the form. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Makes the proof of one request. */
export type ProveCaller = () => CallerProof | Promise<CallerProof>
