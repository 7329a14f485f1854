/** Proofs by the name that the checklist gives them. One fails when the statement that it is for is not true. */
export type Proofs = Readonly<Record<string, () => Promise<void>>>
