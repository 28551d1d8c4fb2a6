import type { Option, Product } from '../product'

const grind: Option = {
  id: 'grind',
  label: 'Grind',
  choices: [
    { id: 'beans', label: 'Whole beans' },
    { id: 'filter', label: 'Filter' },
    { id: 'moka', label: 'Moka pot' },
    { id: 'espresso', label: 'Espresso' },
  ],
}

/** A kilo costs less than four bags; by how much differs with the price of the green coffee. */
function bagSize(extraForKilo: number): Option {
  return {
    id: 'size',
    label: 'Bag',
    choices: [
      { id: '250g', label: '250 g' },
      { id: '1kg', label: '1 kg', extra: extraForKilo },
    ],
  }
}

export const coffee: readonly Product[] = [
  {
    slug: 'morning-field',
    name: 'Morning Field',
    category: 'coffee',
    price: 1150,
    tagline: 'Milk chocolate, hazelnut, orange peel',
    story: [
      'The coffee we drink ourselves before anyone has said a word. Two washed lots from Huehuetenango and one pulped natural from Cerrado, roasted until they taste like one thing.',
      'It is hard to brew badly. A minute too long on the bench and it is still sweet.',
    ],
    facts: [
      ['Origin', 'Guatemala and Brazil'],
      ['Roast', 'Medium, for filter and moka'],
      ['Recipe', '15 g to 250 ml, 94 °C, three minutes'],
    ],
    options: [bagSize(2750), grind],
    picture: { motif: 'bag', glaze: 'butter', wall: '#dfe7f1' },
    badge: 'House favourite',
  },
  {
    slug: 'gedeo-natural',
    name: 'Gedeo Natural',
    category: 'coffee',
    price: 1450,
    tagline: 'Blueberry, jasmine, cocoa nib',
    story: [
      'From 640 smallholders around the Banko station, who each bring a few baskets of cherries a day. Dried whole on raised beds for three weeks, which is where the blueberry comes from.',
      'Drink it from something wide, and let it cool a little. It keeps changing.',
    ],
    facts: [
      ['Origin', 'Gedeo, Ethiopia, 2,050 m'],
      ['Roast', 'Light, for filter'],
      ['Recipe', '16 g to 250 ml, 92 °C, two and a half minutes'],
    ],
    options: [bagSize(3650), grind],
    picture: { motif: 'bag', glaze: 'iron', wall: '#f3ddcf' },
    badge: 'New harvest',
  },
  {
    slug: 'huila-washed',
    name: 'Huila Washed',
    category: 'coffee',
    price: 1300,
    tagline: 'Red apple, panela, black tea',
    story: [
      'Doña Luz Marina picks in two passes and ferments for thirty hours in a tiled tank her father built. We buy the whole of her second pass.',
      'Clean and bright, with the kind of sweetness that makes people ask whether there is sugar in it.',
    ],
    facts: [
      ['Origin', 'Pitalito, Colombia, 1,720 m'],
      ['Roast', 'Light to medium, for filter'],
      ['Recipe', '15 g to 250 ml, 93 °C, three minutes'],
    ],
    options: [bagSize(3200), grind],
    picture: { motif: 'bag', glaze: 'celadon', wall: '#f4ead0' },
  },
  {
    slug: 'low-tide-espresso',
    name: 'Low Tide Espresso',
    category: 'coffee',
    price: 1200,
    tagline: 'Dark caramel, walnut, dried fig',
    story: [
      'An espresso that stands up to milk and does not shout without it. Mostly Brazil, with a fifth of washed Sidamo to lift the end.',
      'Rest it for ten days after the roast date on the bag. We know. It is worth it.',
    ],
    facts: [
      ['Origin', 'Brazil and Ethiopia'],
      ['Roast', 'Medium to dark, for espresso'],
      ['Recipe', '18 g in, 40 g out, 28 seconds'],
    ],
    options: [bagSize(2900), grind],
    picture: { motif: 'bag', glaze: 'cobalt', wall: '#e6e2d6' },
  },
  {
    slug: 'night-shift-decaf',
    name: 'Night Shift Decaf',
    category: 'coffee',
    price: 1250,
    tagline: 'Brown sugar, plum, cinnamon',
    story: [
      'Decaffeinated with ethyl acetate from sugar cane, twenty minutes down the road from the farm. Nothing about it tastes like a compromise.',
      'For nurses, new parents, and anyone with a second half to the evening.',
    ],
    facts: [
      ['Origin', 'Cauca, Colombia'],
      ['Roast', 'Medium, for filter and espresso'],
      ['Caffeine', 'Less than 0.1 %'],
    ],
    options: [bagSize(3050), grind],
    picture: { motif: 'bag', glaze: 'ink', wall: '#d9e4dc' },
  },
]
