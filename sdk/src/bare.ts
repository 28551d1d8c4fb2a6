/** A copy that inherits nothing: what a page has put into `Object.prototype` is no field of it, and no option. */
export const bare = <T extends object>(own: T): T => Object.assign(Object.create(null) as T, own)
