/** What a form holds: a parameter without a value is not in it. */
export type FormFields = readonly (readonly [name: string, value: string | undefined])[]

/** Writes a form as it is sent. */
export function encodeForm(fields: FormFields): string {
  const form = new URLSearchParams()
  for (const [name, value] of fields) {
    if (value !== undefined) form.append(name, value)
  }
  return form.toString()
}
