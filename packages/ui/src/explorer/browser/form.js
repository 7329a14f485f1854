/** @type {(typed: readonly string[], name: string) => HTMLOptionElement} */
function optionOf(typed, name) {
  const option = document.createElement('option')
  option.value = [...typed, name].join(' ')
  return option
}

/** @type {(field: HTMLInputElement) => void} */
function suggestWords(field) {
  const { list } = field
  if (list === null) return
  const names = [...list.options].map(({ value }) => value)
  const own = document.createElement('datalist')
  own.id = `${field.id}-words`
  field.after(own)
  field.setAttribute('list', own.id)
  const refresh = () => {
    const typed = field.value.split(' ').slice(0, -1)
    const left = names.filter((name) => !typed.includes(name))
    own.replaceChildren(...left.map((name) => optionOf(typed, name)))
  }
  field.addEventListener('input', refresh)
  refresh()
}

/**
 * Lets fields with several names suggest the next of them, of which browsers know nothing, and leaves what is empty out
 * of the address, so that one that is passed on says only what was filled in.
 *
 * @type {(form: HTMLFormElement) => void}
 */
export function enhanceForm(form) {
  for (const id of ['scope', 'resource', 'why_not', 'refresh_scope']) {
    const field = form.querySelector(`#${id}`)
    if (field instanceof HTMLInputElement) suggestWords(field)
  }
  form.addEventListener('formdata', ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      if (formData.get(name) === '') formData.delete(name)
    }
  })
}
