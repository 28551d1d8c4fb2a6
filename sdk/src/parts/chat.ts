import { chat } from '../nudge/chat'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.action('chat', chat)
