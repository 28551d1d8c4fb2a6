import type { TargetedEvent } from 'preact'
import { useState } from 'preact/hooks'
import type { Rule } from '../validate'

export interface FormState<Name extends string> {
  readonly errors: Partial<Record<Name, string>>
  /** Spread onto the form. Browsers' own bubbles are off (`noValidate`): ours stay, and say what to do. */
  readonly form: {
    readonly noValidate: true
    readonly onSubmit: (event: TargetedEvent<HTMLFormElement, SubmitEvent>) => void
    readonly onInput: (event: TargetedEvent<HTMLFormElement, InputEvent>) => void
  }
}

type Values<Name extends string> = Record<Name, string>

export function useForm<Name extends string>(
  rules: Record<Name, Rule>,
  onValid: (values: Values<Name>) => void,
): FormState<Name> {
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({})
  const names = Object.keys(rules) as Name[]

  return {
    errors,
    form: {
      noValidate: true,
      onSubmit(event) {
        event.preventDefault()
        const form = event.currentTarget
        const values = valuesOf(form, names)
        const found = complaints(values, rules)
        setErrors(found)
        mark(form, names, found)
        const first = names.find((name) => found[name])
        if (first === undefined) onValid(values)
        else fieldOf(form, first)?.focus()
      },
      // A complaint goes as soon as it is answered, not when the field is left: leaving is often the press on
      // the button below, and a button that moves under the finger is missed. New ones wait for the next submit.
      onInput(event) {
        if (Object.keys(errors).length === 0) return
        const form = event.currentTarget
        const now = complaints(valuesOf(form, names), rules)
        const still = Object.fromEntries(names.flatMap((n) => (errors[n] && now[n] ? [[n, now[n]]] : [])))
        setErrors(still as Partial<Record<Name, string>>)
        mark(form, names, still)
      },
    },
  }
}

function complaints<Name extends string>(values: Values<Name>, rules: Record<Name, Rule>) {
  const found: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(rules) as Name[]) {
    const complaint = rules[name](values[name])
    if (complaint) found[name] = complaint
  }
  return found
}

function valuesOf<Name extends string>(form: HTMLFormElement, names: readonly Name[]): Values<Name> {
  return Object.fromEntries(names.map((name) => [name, fieldOf(form, name)?.value ?? ''])) as Values<Name>
}

/** The browser learns of the complaint too, so that `:invalid` and `checkValidity` tell the same story. */
function mark(form: HTMLFormElement, names: readonly string[], found: Partial<Record<string, string>>) {
  for (const name of names) fieldOf(form, name)?.setCustomValidity(found[name] ?? '')
}

type TextField = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

function fieldOf(form: HTMLFormElement, name: string): TextField | undefined {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement) return field
  if (field instanceof HTMLSelectElement) return field
  return field instanceof HTMLTextAreaElement ? field : undefined
}
