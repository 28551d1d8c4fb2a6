/** What a screen reader should hear without being asked: one polite live region shows the last of these. */
const listeners = new Set<(text: string) => void>()

export function announce(text: string): void {
  listeners.forEach((listener) => listener(text))
}

export function onAnnouncement(listener: (text: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
