import type { Product } from '../product'

export const linen: readonly Product[] = [
  {
    slug: 'waffle-towel',
    name: 'Waffle Towel',
    category: 'linen',
    price: 1600,
    tagline: 'Dries a mug in one turn',
    story: [
      'The honeycomb weave drinks water and dries by lunch. Pre-washed, so it has done all the shrinking it is going to do.',
    ],
    facts: [
      ['Measures', '50 × 70 cm'],
      ['Made of', 'Belgian linen and cotton, half each'],
      ['Care', '60 °C'],
    ],
    options: [
      {
        id: 'stripe',
        label: 'Stripe',
        choices: [
          { id: 'butter', label: 'Butter', glaze: 'butter' },
          { id: 'cobalt', label: 'Cobalt', glaze: 'cobalt' },
          { id: 'iron', label: 'Iron red', glaze: 'iron' },
        ],
      },
    ],
    picture: { motif: 'towel', glaze: 'butter', wall: '#d5e0ec' },
  },
  {
    slug: 'workshop-apron',
    name: 'Workshop Apron',
    category: 'linen',
    price: 6400,
    tagline: 'Cross-back, two pockets, no bow',
    story: [
      'The straps cross at the back so nothing pulls at the neck. One pocket for a towel, one for the phone you should not be looking at.',
    ],
    facts: [
      ['Made of', 'Belgian linen, 320 g/m²'],
      ['Fastening', 'None: over the head and done'],
      ['Care', '40 °C'],
    ],
    options: [
      {
        id: 'colour',
        label: 'Colour',
        choices: [
          { id: 'ink', label: 'Ink', glaze: 'ink' },
          { id: 'celadon', label: 'Celadon', glaze: 'celadon' },
        ],
      },
      {
        id: 'size',
        label: 'Size',
        choices: [
          { id: 's-m', label: 'S–M' },
          { id: 'l-xl', label: 'L–XL' },
        ],
      },
    ],
    picture: { motif: 'apron', glaze: 'ink', wall: '#f2e4c6' },
  },
  {
    slug: 'long-runner',
    name: 'Long Runner',
    category: 'linen',
    price: 5800,
    tagline: 'A table runner that forgives spills',
    story: [
      'Heavy enough to lie flat without ironing. The two stripes are woven in, and set where the plates end.',
    ],
    facts: [
      ['Measures', '45 × 180 cm'],
      ['Made of', 'Belgian linen, 240 g/m²'],
      ['Care', '60 °C'],
    ],
    options: [
      {
        id: 'stripe',
        label: 'Stripe',
        choices: [
          { id: 'celadon', label: 'Celadon', glaze: 'celadon' },
          { id: 'cobalt', label: 'Cobalt', glaze: 'cobalt' },
        ],
      },
    ],
    picture: { motif: 'runner', glaze: 'celadon', wall: '#f0dacb' },
  },
]
