/** @returns what the browser says of itself, or `unreadable` where a page's or an extension's own getter throws */
export function ofNavigator<T>(read: (from: Navigator) => T, unreadable: T): T {
  try {
    return read(navigator)
  } catch {
    return unreadable
  }
}
