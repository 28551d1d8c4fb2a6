/** FNV-1a, from a start value of one's own: tells a few words or pages apart, and keeps none of them. */
export const hash = (text: string, start = 2166136261) => {
  let sum = start
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 16777619)
  return sum >>> 0
}
