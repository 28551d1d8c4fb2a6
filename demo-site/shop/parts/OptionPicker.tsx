import { formatMoney } from '../money'
import type { Option } from '../product'
import { Swatch } from './Swatch'

interface Props {
  readonly option: Option
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

export function OptionPicker({ option, chosen, onChoose }: Props) {
  return (
    <fieldset class="options">
      <legend>{option.label}</legend>
      <div class="options-row">
        {option.choices.map(({ id, label, glaze, extra }) => (
          <label key={id} class="chip">
            <input
              type="radio"
              name={option.id}
              value={id}
              checked={id === chosen}
              // A browser that restores the last choice on reload would show one price and charge another.
              autocomplete="off"
              onChange={() => onChoose(id)}
            />
            <span class="chip-face">
              {glaze && <Swatch glaze={glaze} />}
              {label}
              {extra ? <span class="chip-extra">+{formatMoney(extra)}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
