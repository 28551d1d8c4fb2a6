import type { GlazeName } from './glazes'
import type { Cents } from './money'

export type CategoryId = 'coffee' | 'brewing' | 'ceramics' | 'linen'

export interface Category {
  readonly id: CategoryId
  readonly name: string
  /** One line under the title of the list. */
  readonly intro: string
  /** VAT class: coffee is food nearly everywhere, the rest never. */
  readonly vatClass: 'food' | 'standard'
}

export interface Choice {
  readonly id: string
  readonly label: string
  /** What this choice costs more than the first one. */
  readonly extra?: Cents
  /** A colour choice recolours the picture. */
  readonly glaze?: GlazeName
}

export interface Option {
  readonly id: string
  readonly label: string
  readonly choices: readonly [Choice, ...Choice[]]
}

export type Motif =
  | 'bag'
  | 'kettle'
  | 'dripper'
  | 'grinder'
  | 'server'
  | 'filters'
  | 'mug'
  | 'cups'
  | 'bowl'
  | 'plate'
  | 'jar'
  | 'towel'
  | 'apron'
  | 'runner'

export interface Product {
  readonly slug: string
  readonly name: string
  readonly category: CategoryId
  readonly price: Cents
  /** A few words for the card: tasting notes, or what it is. */
  readonly tagline: string
  readonly story: readonly string[]
  readonly facts: readonly (readonly [term: string, detail: string])[]
  readonly options: readonly Option[]
  readonly picture: { readonly motif: Motif; readonly glaze: GlazeName; readonly wall: string }
  readonly badge?: string
}
