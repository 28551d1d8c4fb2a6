import { createStays } from '../capture/stays'
import { quickBack } from '../detect/quick-back'
import type { Kit } from './kit'

export function install(kit: Kit) {
  const stays = createStays()
  kit.give('stays', stays)
  kit.moment('quick-back', quickBack, { stays: stays.source })
}
