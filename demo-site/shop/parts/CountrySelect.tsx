import { cartStore } from '../browser/cartStore'
import { countries, countryCodes, isCountryCode, type CountryCode } from '../countries'

interface Props {
  readonly label: string
  readonly country: CountryCode
}

/** The one country of the shop: basket and address change the same one, since prices depend on it. */
export function CountrySelect({ label, country }: Props) {
  return (
    <div class="field field-full">
      <label for="country">{label}</label>
      <select
        id="country"
        name="country"
        autocomplete="country"
        value={country}
        onChange={(event) => {
          const code = event.currentTarget.value
          if (isCountryCode(code)) cartStore.set({ ...cartStore.get(), country: code })
        }}
      >
        {countryCodes.map((code) => (
          <option key={code} value={code} selected={code === country}>
            {countries[code].name}
          </option>
        ))}
      </select>
    </div>
  )
}
