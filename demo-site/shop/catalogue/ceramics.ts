import type { Option, Product } from '../product'

const glaze: Option = {
  id: 'glaze',
  label: 'Glaze',
  choices: [
    { id: 'cobalt', label: 'Cobalt', glaze: 'cobalt' },
    { id: 'porcelain', label: 'Porcelain', glaze: 'porcelain' },
    { id: 'celadon', label: 'Celadon', glaze: 'celadon' },
    { id: 'iron', label: 'Iron red', glaze: 'iron' },
  ],
}

/** The same four glazes, the one in the picture first. */
function glazeFirst(id: string): Option {
  const [first, ...rest] = [...glaze.choices].sort((a, b) => Number(b.id === id) - Number(a.id === id))
  return first ? { ...glaze, choices: [first, ...rest] } : glaze
}

export const ceramics: readonly Product[] = [
  {
    slug: 'everyday-mug',
    name: 'Everyday Mug',
    category: 'ceramics',
    price: 2200,
    tagline: 'The one you reach for, 300 ml',
    story: [
      'A straight wall, a foot that does not rock, and a handle with room for three fingers. We made forty-one versions before this one and kept the other forty on a shelf as a warning.',
      'Dipped by hand: the glaze line at the foot is a little different on each.',
    ],
    facts: [
      ['Holds', '300 ml'],
      ['Made of', 'Stoneware, fired at 1,240 °C'],
      ['Care', 'Dishwasher and microwave'],
    ],
    options: [glaze],
    picture: { motif: 'mug', glaze: 'cobalt', wall: '#f4e7ca' },
    badge: 'Best seller',
  },
  {
    slug: 'cortado-cups',
    name: 'Cortado Cups',
    category: 'ceramics',
    price: 3200,
    tagline: 'A pair, 130 ml each',
    story: [
      'Small enough for one and a half good mouthfuls, heavy enough to keep them warm. Sold in twos because nobody should drink a cortado alone, or at least not every day.',
    ],
    facts: [
      ['Holds', '130 ml each'],
      ['In the box', 'Two cups, packed in straw'],
      ['Care', 'Dishwasher and microwave'],
    ],
    options: [glazeFirst('iron')],
    picture: { motif: 'cups', glaze: 'iron', wall: '#dce7df' },
  },
  {
    slug: 'breakfast-bowl',
    name: 'Breakfast Bowl',
    category: 'ceramics',
    price: 2600,
    tagline: 'Porridge, soup, keys by the door',
    story: [
      'Wide enough for fruit on top, deep enough that nothing escapes. The outside is left unglazed below the waist so that it is pleasant to hold.',
    ],
    facts: [
      ['Across', '16 cm'],
      ['Made of', 'Stoneware, fired at 1,240 °C'],
      ['Care', 'Dishwasher and microwave'],
    ],
    options: [glazeFirst('celadon')],
    picture: { motif: 'bowl', glaze: 'celadon', wall: '#f3dfd3' },
  },
  {
    slug: 'supper-plate',
    name: 'Supper Plate',
    category: 'ceramics',
    price: 2400,
    tagline: 'A low rim and a generous middle, 24 cm',
    story: [
      'Made on a wheel and trimmed twice, with a rim just high enough for sauce. They stack close and lie flat.',
    ],
    facts: [
      ['Across', '24 cm'],
      ['Made of', 'Stoneware, fired at 1,240 °C'],
      ['Care', 'Dishwasher and microwave'],
    ],
    options: [glazeFirst('porcelain')],
    picture: { motif: 'plate', glaze: 'porcelain', wall: '#cfdbe9' },
  },
  {
    slug: 'bean-jar',
    name: 'Bean Jar',
    category: 'ceramics',
    price: 4800,
    tagline: 'Keeps 500 g out of the light',
    story: [
      'Coffee fades in light and air. This jar is thick, the beech lid has a silicone ring, and the whole thing looks well enough to stay on the counter.',
    ],
    facts: [
      ['Holds', '500 g of beans'],
      ['Made of', 'Stoneware, oiled beech'],
      ['Care', 'Jar in the dishwasher, lid by hand'],
    ],
    options: [glazeFirst('porcelain')],
    picture: { motif: 'jar', glaze: 'porcelain', wall: '#dccfc4' },
  },
]
