import type { Product } from '../product'

export const brewing: readonly Product[] = [
  {
    slug: 'heron-kettle',
    name: 'Heron Kettle',
    category: 'brewing',
    price: 8900,
    tagline: 'Gooseneck stovetop kettle, 0.9 l',
    story: [
      'A long neck that pours exactly where you look. Enamelled steel on the outside, bare stainless inside, and a lid knob of oiled beech that stays cool.',
      'Works on gas, electric and induction. The handle is riveted and can be replaced.',
    ],
    facts: [
      ['Holds', '0.9 litres to the line'],
      ['Made of', 'Enamelled steel, beech'],
      ['Weight', '740 g'],
    ],
    options: [
      {
        id: 'colour',
        label: 'Enamel',
        choices: [
          { id: 'cobalt', label: 'Cobalt', glaze: 'cobalt' },
          { id: 'porcelain', label: 'Porcelain', glaze: 'porcelain' },
          { id: 'ink', label: 'Ink', glaze: 'ink' },
        ],
      },
    ],
    picture: { motif: 'kettle', glaze: 'cobalt', wall: '#f3e6c8' },
    badge: 'Repairable',
  },
  {
    slug: 'ridge-dripper',
    name: 'Ridge Dripper',
    category: 'brewing',
    price: 2800,
    tagline: 'Stoneware pour-over cone',
    story: [
      'Twelve inner ridges hold the paper away from the wall, so the water goes through the coffee and not around it. Thrown here, so no two weigh quite the same.',
      'Warm it first. Stoneware takes heat slowly and gives it back slowly.',
    ],
    facts: [
      ['Fits', 'Cone papers no. 02'],
      ['Made of', 'Stoneware, food-safe glaze'],
      ['Care', 'Dishwasher, upper rack'],
    ],
    options: [
      {
        id: 'colour',
        label: 'Glaze',
        choices: [
          { id: 'celadon', label: 'Celadon', glaze: 'celadon' },
          { id: 'porcelain', label: 'Porcelain', glaze: 'porcelain' },
          { id: 'iron', label: 'Iron red', glaze: 'iron' },
        ],
      },
      {
        id: 'size',
        label: 'Size',
        choices: [
          { id: 'small', label: '1–2 cups' },
          { id: 'large', label: '3–4 cups', extra: 600 },
        ],
      },
    ],
    picture: { motif: 'dripper', glaze: 'celadon', wall: '#e2e6f0' },
  },
  {
    slug: 'orbit-grinder',
    name: 'Orbit Hand Grinder',
    category: 'brewing',
    price: 11900,
    tagline: 'Steel burrs, thirty clicks, no cable',
    story: [
      'Forty turns for a cup. Conical burrs of hardened steel run on two bearings, so the grind stays even from moka to cafetière.',
      'Comes apart without tools for a brush-out on Sundays.',
    ],
    facts: [
      ['Holds', '30 g of beans'],
      ['Burrs', '38 mm, hardened steel'],
      ['Guarantee', 'Ten years, burrs included'],
    ],
    options: [],
    picture: { motif: 'grinder', glaze: 'ink', wall: '#d8e6de' },
  },
  {
    slug: 'half-litre-server',
    name: 'Half-Litre Server',
    category: 'brewing',
    price: 3400,
    tagline: 'Borosilicate glass with a cork collar',
    story: [
      'Two large cups, and you can see them coming. The collar is cork from Alentejo, tied with linen cord; when it wears out we send you another for the price of a stamp.',
    ],
    facts: [
      ['Holds', '500 ml'],
      ['Made of', 'Borosilicate glass, cork'],
      ['Care', 'Dishwasher without the collar'],
    ],
    options: [],
    picture: { motif: 'server', glaze: 'butter', wall: '#f1dccd' },
  },
  {
    slug: 'cone-papers',
    name: 'Cone Papers',
    category: 'brewing',
    price: 690,
    tagline: 'One hundred unbleached filters, no. 02',
    story: [
      'Long-fibre paper from a mill that runs on its own river. Rinse once; after that you taste coffee only. Compost them with the grounds.',
    ],
    facts: [
      ['In the box', '100 papers, no. 02'],
      ['Made of', 'Unbleached pulp, FSC certified'],
    ],
    options: [
      {
        id: 'pack',
        label: 'Pack',
        choices: [
          { id: 'one', label: 'One box' },
          { id: 'three', label: 'Three boxes', extra: 1180 },
        ],
      },
    ],
    picture: { motif: 'filters', glaze: 'porcelain', wall: '#dbe4f0' },
  },
]
