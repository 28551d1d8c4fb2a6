const wordSize = 24

/**
 * Puts text into an element; what is isolated in it (U+2068 … U+2069) becomes a `bdi`, which turns no text round.
 *
 * While the page's largest contentful paint is still open, each word becomes a box of its own: browsers count the largest
 * block of text, in shadow trees and in the top layer too, and a nudge that comes before the first input would else become
 * the shop's LCP (seen in Chromium 156 for every kind of block).
 */
export function setText(element: HTMLElement, text: string, byWord: boolean) {
  text.split(/\u2068([^\u2068\u2069]*)\u2069/).forEach((part, index) => {
    const isolated = index % 2 === 1
    const parent = isolated ? element.appendChild(document.createElement('bdi')) : element
    if (byWord) addWords(parent, part)
    else if (part) parent.append(part)
  })
}

function addWords(parent: HTMLElement, text: string) {
  // The space goes into the word's box: between boxes it would be text of the block again.
  for (const word of text.match(new RegExp(`\\s*\\S{1,${wordSize}}\\s*`, 'gu')) ?? []) {
    const box = document.createElement('span')
    box.className = 'word'
    box.textContent = word
    parent.append(box)
  }
}
