import { brewing } from './catalogue/brewing'
import { ceramics } from './catalogue/ceramics'
import { coffee } from './catalogue/coffee'
import { linen } from './catalogue/linen'
import type { Category, CategoryId, Choice, Product } from './product'

export const categories: readonly Category[] = [
  {
    id: 'coffee',
    name: 'Coffee',
    intro: 'Five coffees at a time, roasted on Tuesdays and posted on Wednesdays.',
    vatClass: 'food',
  },
  {
    id: 'brewing',
    name: 'Brewing',
    intro: 'The few tools that change what is in the cup. None of them needs an app.',
    vatClass: 'standard',
  },
  {
    id: 'ceramics',
    name: 'Ceramics',
    intro: 'Thrown, glazed and fired in the room behind the roastery.',
    vatClass: 'standard',
  },
  {
    id: 'linen',
    name: 'Linen',
    intro: 'Flax grown in Kortrijk, woven an hour from here, better after every wash.',
    vatClass: 'standard',
  },
]

export const products: readonly Product[] = [...coffee, ...brewing, ...ceramics, ...linen]

export function findProduct(slug: string): Product | undefined {
  return products.find((product) => product.slug === slug)
}

export function findCategory(id: string): Category | undefined {
  return categories.find((category) => category.id === id)
}

export function productsIn(category: CategoryId | 'all'): readonly Product[] {
  return category === 'all' ? products : products.filter((product) => product.category === category)
}

/** The choices a shopper has before touching anything: the first of each option. */
export function defaultChoices(product: Product): string[] {
  return product.options.map((option) => option.choices[0].id)
}

/** The chosen `Choice` of each option; an unknown id falls back to the first, so an old cart never breaks. */
export function chosen(product: Product, choices: readonly string[]): Choice[] {
  return product.options.map(
    (option, i) => option.choices.find((choice) => choice.id === choices[i]) ?? option.choices[0],
  )
}

/** Something from each other shelf, to go with this. */
export function goesWith(product: Product): readonly Product[] {
  const others = categories.filter((category) => category.id !== product.category)
  const turn = productsIn(product.category).indexOf(product)
  return others.flatMap((category) => {
    const shelf = productsIn(category.id)
    return shelf[turn % shelf.length] ?? []
  })
}
