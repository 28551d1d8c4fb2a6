import type { Motif } from '../product'
import { Dripper, Filters, Grinder, Kettle, Server } from './brewing'
import { Bowl, Cups, Jar, Mug, Plate } from './ceramics'
import { Bag } from './coffee'
import { Apron, Runner, Towel } from './linen'
import type { MotifComponent } from './motif'

export const motifs: Record<Motif, MotifComponent> = {
  bag: Bag,
  kettle: Kettle,
  dripper: Dripper,
  grinder: Grinder,
  server: Server,
  filters: Filters,
  mug: Mug,
  cups: Cups,
  bowl: Bowl,
  plate: Plate,
  jar: Jar,
  towel: Towel,
  apron: Apron,
  runner: Runner,
}
