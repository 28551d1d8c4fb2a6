/** The last `most` things put into it: the place of the oldest is taken by the next, nothing is moved. */
export function createRing<Item>(most: number) {
  const items: Item[] = []
  let told = 0
  return {
    put(item: Item) {
      items[told++ % most] = item
    },
    /** The newest first. */
    all: () => items.map((_, ago) => items[(told - 1 - ago) % items.length]!),
  }
}
