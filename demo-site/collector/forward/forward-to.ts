/** A store whose events are passed on once they are stored. Nobody who adds events waits for that. */
import type { Store } from '../store'
import { connectJetstream } from './connect-jetstream'
import { createForwarder } from './create-forwarder'
import type { ForwardTarget } from './read-target'

export const forwardTo = (store: Store, target: ForwardTarget): Store => {
  const forwarder = createForwarder({
    outbox: store.outbox,
    target: target.name,
    connect: () => connectJetstream(target),
    tell: (line) => console.error(line),
  })
  return {
    ...store,
    add: async (events) => {
      await store.add(events)
      forwarder.wake()
    },
    close: async () => {
      await forwarder.close()
      await store.close()
    },
  }
}
