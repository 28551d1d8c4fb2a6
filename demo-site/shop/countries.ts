/** Where we deliver. VAT rates are per mille, so that France's 5.5 % stays a whole number. */
export interface Country {
  readonly name: string
  readonly zone: 'near' | 'eu' | 'world'
  /** `null` outside the EU: the parcel leaves without VAT, and import tax is settled at the door. */
  readonly vat: { readonly standard: number; readonly food: number } | null
}

export const countries = {
  BE: { name: 'Belgium', zone: 'near', vat: { standard: 210, food: 60 } },
  DE: { name: 'Germany', zone: 'near', vat: { standard: 190, food: 70 } },
  FR: { name: 'France', zone: 'near', vat: { standard: 200, food: 55 } },
  LU: { name: 'Luxembourg', zone: 'near', vat: { standard: 170, food: 30 } },
  NL: { name: 'Netherlands', zone: 'near', vat: { standard: 210, food: 90 } },
  AT: { name: 'Austria', zone: 'eu', vat: { standard: 200, food: 100 } },
  IE: { name: 'Ireland', zone: 'eu', vat: { standard: 230, food: 0 } },
  IT: { name: 'Italy', zone: 'eu', vat: { standard: 220, food: 220 } },
  ES: { name: 'Spain', zone: 'eu', vat: { standard: 210, food: 100 } },
  CH: { name: 'Switzerland', zone: 'world', vat: null },
  GB: { name: 'United Kingdom', zone: 'world', vat: null },
} as const satisfies Record<string, Country>

export type CountryCode = keyof typeof countries

/** The shop's own country: prices on the shelf contain its VAT. */
export const homeCountry = 'BE' satisfies CountryCode

export const countryCodes = Object.keys(countries) as CountryCode[]

export function isCountryCode(value: unknown): value is CountryCode {
  return typeof value === 'string' && Object.hasOwn(countries, value)
}
