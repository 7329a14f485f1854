/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact'
import type { FieldName, RequestFields } from './request-fields.js'
import type { Suggested } from './suggested.js'

/** What the form needs to know. */
export interface RequestFormView {
  readonly action: string
  readonly fields: RequestFields
  readonly suggested: Suggested
}

function Field({
  name,
  label,
  hint,
  children,
}: {
  readonly name: FieldName
  readonly label: string
  readonly hint?: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

function TextField({
  name,
  label,
  hint,
  fields,
  list,
}: {
  readonly name: FieldName
  readonly label: string
  readonly hint?: string
  readonly fields: RequestFields
  readonly list?: string
}): VNode {
  const described = hint === undefined ? {} : { 'aria-describedby': `${name}-hint` }
  return (
    <Field name={name} label={label} {...(hint !== undefined && { hint })}>
      <input
        id={name}
        name={name}
        value={fields[name]}
        list={list}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        {...described}
      />
    </Field>
  )
}

function Choice({
  name,
  label,
  hint,
  fields,
  options,
}: {
  readonly name: FieldName
  readonly label: string
  readonly hint?: string
  readonly fields: RequestFields
  readonly options: readonly (readonly [value: string, text: string])[]
}): VNode {
  const value = fields[name]
  const isOffered = options.some(([offered]) => offered === value)
  const shown = isOffered ? options : [...options, [value, value] as const]
  return (
    <Field name={name} label={label} {...(hint !== undefined && { hint })}>
      <select
        id={name}
        name={name}
        required={name === 'client_id'}
        {...(hint !== undefined && { 'aria-describedby': `${name}-hint` })}
      >
        {shown.map(([offered, text]) => (
          <option value={offered} selected={offered === value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  )
}

function Suggestions({
  id,
  names,
}: {
  readonly id: string
  readonly names: readonly string[]
}): VNode {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option value={name} />
      ))}
    </datalist>
  )
}

function Further({ fields }: Pick<RequestFormView, 'fields'>): VNode {
  const { token_resource: resource, claims, refresh } = fields
  return (
    <details class="further" open={resource !== '' || claims !== '' || refresh !== ''}>
      <summary>Further</summary>
      <div class="stack fields">
        <TextField
          name="token_resource"
          label="Resource at the token endpoint"
          hint="Narrows what was authorized to one API."
          fields={fields}
          list="resources"
        />
        <TextField name="claims" label="Claims parameter" hint="JSON." fields={fields} />
        <label class="check">
          <input type="checkbox" name="refresh" value="yes" checked={refresh !== ''} />
          <span>Explain the refresh that comes after</span>
        </label>
        <TextField
          name="refresh_scope"
          label="Scopes at the refresh"
          fields={fields}
          list="scopes"
        />
        <TextField
          name="refresh_resource"
          label="Resource at the refresh"
          fields={fields}
          list="resources"
        />
      </div>
    </details>
  )
}

function Fields({ fields, suggested }: Pick<RequestFormView, 'fields' | 'suggested'>): VNode {
  return (
    <div class="stack fields">
      <Choice
        name="client_id"
        label="Client"
        fields={fields}
        options={[['', 'Choose one'], ...suggested.clients]}
      />
      <Choice
        name="grant_type"
        label="Grant type"
        hint="Default: authorization_code for a user, otherwise client_credentials."
        fields={fields}
        options={[['', 'Default'], ...suggested.grantTypes]}
      />
      <TextField
        name="scope"
        label="Scopes"
        hint="Separated by spaces."
        fields={fields}
        list="scopes"
      />
      <TextField
        name="resource"
        label="Resources"
        hint="Separated by spaces. Empty: no API is named."
        fields={fields}
        list="resources"
      />
      <TextField
        name="sub"
        label="User"
        hint="The sub. Empty: the client acts on its own behalf."
        fields={fields}
        list="subjects"
      />
      <TextField
        name="why_not"
        label="Why is there no …"
        hint="A scope, an API or a claim that you miss."
        fields={fields}
        list="names"
      />
      <Further fields={fields} />
      <button class="button primary full">Explain</button>
    </div>
  )
}

/** The form to try a request with. Its address can be shared: it holds no secret. */
export function RequestForm({ action, fields, suggested }: RequestFormView): VNode {
  const { scopes, resources, names, subjects } = suggested
  return (
    <form
      class="panel request"
      id="try"
      action={`${action}#explanation`}
      aria-labelledby="try-heading"
    >
      <div class="panel-head">
        <h2 id="try-heading">Try a request</h2>
        <p class="hint">Nothing is issued. No secret of the client is needed.</p>
      </div>
      <Fields fields={fields} suggested={suggested} />
      <Suggestions id="scopes" names={scopes} />
      <Suggestions id="resources" names={resources} />
      <Suggestions id="names" names={names} />
      <Suggestions id="subjects" names={subjects} />
    </form>
  )
}
