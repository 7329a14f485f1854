/** What shows that a statement of the checklist is true: it fails when the statement is not. */
export type Proof = () => Promise<void>

/** Proofs by the name that the checklist gives them. */
export type Proofs = Readonly<Record<string, Proof>>
