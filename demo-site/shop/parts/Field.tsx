import type { ComponentChildren, InputHTMLAttributes, LooseInputHTMLAttributes } from 'preact'

interface Props {
  /** Also the id: there is never more than one form with a given field on a page. */
  readonly name: string
  readonly label: string
  readonly error: string | undefined
  readonly hint?: string
  readonly size?: 'half' | 'third' | 'full'
  readonly type?: 'text' | 'email' | 'tel'
  readonly autocomplete: string
  readonly inputmode?: 'email' | 'numeric'
  readonly placeholder?: string
  readonly defaultValue?: string
  readonly required?: boolean
}

export function Field(props: Props) {
  const { name, label, error, hint, size = 'full', required = false, type = 'text' } = props
  const attributes: LooseInputHTMLAttributes = {
    id: name,
    name,
    type,
    required,
    autocomplete: props.autocomplete,
    inputmode: props.inputmode,
    placeholder: props.placeholder,
    defaultValue: props.defaultValue,
    ...describedBy(name, error, hint),
  }
  return (
    <FieldFrame name={name} label={label} error={error} hint={hint} size={size} optional={!required}>
      {/* The strict type ties each `type` to its ARIA roles; a choice of three fits none of them. */}
      <input {...(attributes as InputHTMLAttributes)} />
    </FieldFrame>
  )
}

interface FrameProps {
  readonly name: string
  readonly label: string
  readonly error: string | undefined
  readonly hint?: string | undefined
  readonly size?: 'half' | 'third' | 'full'
  readonly optional?: boolean
  readonly children: ComponentChildren
}

/** Label above, hint and complaint below, whatever the control between them is. */
export function FieldFrame({ name, label, error, hint, size = 'full', optional, children }: FrameProps) {
  return (
    <div class={`field field-${size}`} data-invalid={error ? '' : undefined}>
      <label for={name}>
        {label}
        {optional && <span class="field-optional"> (optional)</span>}
      </label>
      {children}
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

/** Ties the control to its hint and its complaint. */
export function describedBy(name: string, error: string | undefined, hint?: string) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return {
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': ids || undefined,
  }
}
