/** Languages written from right to left, and scripts that any language may be written in (`ku-Arab`, `he-Latn`). */
const languages = /^(ar|arc|ckb|dv|fa|he|iw|ks|ps|sd|syr|ug|ur|yi)\b(?!-latn|-cyrl)/i
const scripts = /-(adlm|arab|hebr|nkoo|rohg|syrc|thaa)\b/i
/** Letters from right to left: Hebrew to N'Ko, their presentation forms, and the scripts beyond the first plane. */
const letters = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

export type Direction = 'ltr' | 'rtl'

export const directionOf = (lang: string): Direction =>
  languages.test(lang) || scripts.test(lang) ? 'rtl' : 'ltr'

export const hasRightToLeft = (text: string) => letters.test(text)
