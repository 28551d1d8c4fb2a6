import { catalogue } from '../src/detect/catalogue'
import { usageFault } from './command'

const form = /^moments\.([\w-]+)\.(\w+)=(.*)$/s

/** `--set moments.exit-intent.confirmMs=400`, any number of them, as options of moments. */
export function readSettings(given: readonly string[]): Record<string, Record<string, unknown>> {
  const settings: Record<string, Record<string, unknown>> = {}
  for (const text of given) {
    const [, name = '', option = '', value = ''] = form.exec(text) ?? []
    if (!name) throw usageFault(`--set: wanted moments.<moment>.<option>=<value>, found ${text}`)
    knownMoment('--set', name)
    settings[name] = { ...settings[name], [option]: readValue(value) }
  }
  return settings
}

export function knownMoment(option: string, name: string) {
  if (Object.hasOwn(catalogue, name)) return name
  throw usageFault(`${option}: wanted a moment (${Object.keys(catalogue).join(', ')}), found ${name}`)
}

const readValue = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
