import { describe, expect, test } from 'vitest'
import { categories, defaultChoices, findProduct, goesWith, products, productsIn } from './catalogue'

describe('the catalogue', () => {
  test('has no two products with one address', () => {
    expect(new Set(products.map(({ slug }) => slug)).size).toBe(products.length)
  })

  test('prices are whole cents, choices included', () => {
    for (const { price, options } of products) {
      const extras = options.flatMap(({ choices }) => choices.map(({ extra }) => extra ?? 0))
      expect([price, ...extras].every((cents) => Number.isInteger(cents) && cents >= 0)).toBe(true)
    }
  })

  test('the first choice costs nothing extra', () => {
    for (const { options } of products) {
      expect(options.filter(({ choices }) => choices[0].extra)).toEqual([])
    }
  })

  test('the first colour is the one in the picture', () => {
    for (const { slug, options, picture } of products) {
      const firstColours = options.flatMap(({ choices }) => choices[0].glaze ?? [])
      expect([slug, ...firstColours.filter((glaze) => glaze !== picture.glaze)]).toEqual([slug])
    }
  })

  test('every shelf has something on it', () => {
    for (const { id } of categories) expect(productsIn(id).length).toBeGreaterThan(2)
  })

  test('suggests one thing from each other shelf', () => {
    const mug = findProduct('everyday-mug')
    if (!mug) throw new Error('the mug is gone')
    expect(goesWith(mug).map(({ category }) => category)).toEqual(['coffee', 'brewing', 'linen'])
    expect(defaultChoices(mug)).toEqual(['cobalt'])
  })
})
