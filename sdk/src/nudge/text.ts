const wordSize = 24

/**
 * Puts text into an element. While the page's largest contentful paint is still open, each word becomes a box of
 * its own: browsers count the largest block of text, in shadow trees and in the top layer too, and a nudge that
 * comes before the first input would else become the shop's LCP (seen in Chromium 156 for every kind of block).
 */
export function setText(element: HTMLElement, text: string, byWord: boolean) {
  if (!byWord) {
    element.textContent = text
    return
  }
  // The space goes into the word's box: between boxes it would be text of the block again.
  for (const word of text.match(new RegExp(`\\S{1,${wordSize}}\\s*`, 'gu')) ?? []) {
    const box = document.createElement('span')
    box.className = 'word'
    box.textContent = word
    element.append(box)
  }
}
