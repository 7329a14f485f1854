/** The frameworks that a project can be written for, each with what it is called in the question. */
export const frameworks = [
  { value: 'express', label: 'Express' },
  { value: 'koa', label: 'Koa' },
  { value: 'hono', label: 'Hono' },
] as const

/** Who calls the API, each with how it is put in the question. */
export const callers = [
  { value: 'people', label: 'people, who sign in at a web client' },
  { value: 'machines', label: 'machines, each with a secret' },
] as const

type Framework = (typeof frameworks)[number]['value']

/** Who calls the API of a project. */
export type Callers = (typeof callers)[number]['value']

/** What a project is to be. */
export interface Choices {
  /** Where it goes, from the working directory. */
  readonly folder: string
  readonly framework: Framework
  readonly callers: Callers
}

/** What is taken where nobody is asked. */
export const defaultChoices: Choices = {
  folder: 'my-bailiwick',
  framework: 'express',
  callers: 'people',
}
