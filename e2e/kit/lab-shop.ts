import { layouts, typeOf, type Layout, type LayoutName, type Thing } from '../../sdk/scenarios/layouts'

/** The lab shop of the scenarios as a real page: every thing stands where its layout says. */
const control = (id: string, { kind, cta, role, ignore, answers, sensitive }: Thing, isChecked: boolean) => {
  const marks = [
    `id="${id}" class="thing"`,
    cta ? 'data-cta' : '',
    role ? `data-splitsecond-role="${role}"` : '',
    ignore ? `data-splitsecond-ignore="${ignore}"` : '',
  ].join(' ')
  if (isChecked) return `<input type="checkbox" ${marks}>`
  switch (kind) {
    case 'button':
      return `<button type="button" ${marks}>${id}</button>`
    case 'submit':
      return `<button type="submit" ${marks}>${id}</button>`
    case 'link':
      return `<a href="${answers === 'elsewhere' ? '/lab/guide" target="_blank' : '#'}" ${marks}>${id}</a>`
    case 'field':
      return `<input type="text" ${sensitive ? 'autocomplete="cc-number"' : 'autocomplete="off"'} ${marks}>`
    case 'area':
      return `<textarea ${marks}></textarea>`
    case 'select':
      return `<select ${marks}><option>one<option>two</select>`
    case 'frame':
      return `<iframe srcdoc="<input>" title="A widget" ${marks}></iframe>`
    default:
      return `<div ${marks}>Words about the ${id} of a kettle, as they stand in a shop.</div>`
  }
}

const cell = (name: string, thing: Thing, all: Layout['things']) => {
  const [x, y, w, h] = thing.box
  const id = name.slice(1)
  const checked = Object.values(all).some((it) => it.for === name)
  const inner =
    thing.kind === 'label'
      ? `<label for="${thing.for?.slice(1)}" id="${id}" class="thing">${id}</label>`
      : control(id, thing, checked)
  return `<div class="cell" style="left:${x}px;top:${y}px;width:${w}px;height:${h}px">${inner}<i class="answer"></i></div>`
}

const html = ({ things, forms = {}, height, everyMs }: Layout) => {
  const all = Object.entries(things)
  const cells = (form?: string) =>
    all
      .filter(([, it]) => (it.form ?? '') === (form ?? ''))
      .map(([name, it]) => cell(name, it, things))
      .join('')
  const made = Object.entries(forms).map(
    ([name, { required, search }]) =>
      `<form id="${name.slice(1)}" ${required ? '' : 'novalidate'} ${search ? 'role="search"' : ''}>${cells(name)}</form>`,
  )
  const ticker = everyMs ? `<p id="ticker" data-every="${everyMs}" style="top:30px">0</p>` : ''
  return `<div style="height:${height}px">${ticker}${cells()}${made.join('')}</div>`
}

/** What the page does by itself, as its own script. */
const script = (pages: Readonly<Record<string, string>>, told: typeof layouts) => `
  const pages = ${JSON.stringify(pages)}
  const layouts = ${JSON.stringify(told)}
  window.heard = []
  // How long the page itself was held up at most.
  window.stalledMs = 0
  let beat = performance.now()
  setInterval(() => {
    stalledMs = Math.max(stalledMs, performance.now() - beat - 50)
    beat = performance.now()
  }, 50)
  document.addEventListener('splitsecond:moment', ({ detail }) => heard.push(detail.moment))
  const here = () => location.pathname.split('/')[2]
  const shop = document.querySelector('main')
  const counts = {}
  const render = () => {
    shop.innerHTML = pages[here()] ?? pages.list
    const ticker = document.getElementById('ticker')
    if (ticker) setInterval(() => ticker.textContent++, Number(ticker.dataset.every))
  }
  window.go = (to, how) => {
    history[how + 'State'](null, '', '/lab/' + to)
    render()
  }
  window.fail = (ms = 0) => setTimeout(() => { throw new TypeError('the lab fails') }, ms)
  addEventListener('popstate', render)
  document.addEventListener('click', (event) => {
    const control = event.target.closest('.thing')
    const thing = control && (layouts[here()] ?? layouts.list).things['#' + control.id]
    if (!thing) return
    const { answers = '', answerMs = answers === 'network' ? 600 : 30, limit = Infinity } = thing
    if (control.matches('a:not([target])')) event.preventDefault()
    counts[control.id] = (counts[control.id] ?? 0) + 1
    if (counts[control.id] > limit) return
    const answer = (element) => setTimeout(() => element.textContent++, answerMs)
    if (answers === 'near') answer(control.parentNode.querySelector('.answer'))
    if (answers === 'far') answer(document.getElementById('far-away'))
    if (answers === 'fails') fail(answerMs)
    if (answers.startsWith('to ')) setTimeout(() => go(answers.slice(3), 'push'), answerMs)
    if (answers === 'network')
      fetch('/lab-answer?ms=' + answerMs).then(() => {
        control.parentNode.querySelector('.answer').textContent++
        setTimeout(() => layouts[here()]?.forms?.['#' + control.form?.id]?.gone && control.form.remove(), 20)
      })
  })
  const sent = {}
  document.addEventListener('submit', (event) => {
    event.preventDefault()
    const { id } = event.target
    sent[id] = (sent[id] ?? 0) + 1
    const { refuses = 0 } = layouts[here()].forms['#' + id]
    const [first] = event.target.elements
    if (sent[id] <= refuses) first.setAttribute('aria-invalid', 'true')
    else first.removeAttribute('aria-invalid')
  })
  render()`

const style = `body { margin: 0; font: 14px sans-serif } main { position: relative }
  .cell, #ticker { position: absolute; margin: 0 } .thing { box-sizing: border-box; width: 100%; height: 100%; margin: 0; padding: 0; overflow: hidden; display: block }
  .answer { position: absolute; right: 0; top: 0; pointer-events: none } #far-away { height: 20px; margin: 0 }`

const pages = Object.fromEntries(Object.entries(layouts).map(([name, layout]) => [name, html(layout)]))

export const labShop = () =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab shop</title>
  <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
  <style>${style}</style><script async src="/splitsecond.js" data-ruleset="/lab-rules.json" data-vitals="false"></script></head>
  <body><main></main><section><div><div><div><p id="far-away">0</p></div></div></div></section><script>${script(pages, layouts)}</script></body></html>`

/** All moments are watched, and no rule answers one. */
export const labRules = {
  version: 1,
  observe: 'all',
  pages: Object.fromEntries(
    [...new Set(Object.keys(layouts).map(typeOf))].map((type) => [
      type,
      (Object.keys(layouts) as LayoutName[])
        .filter((name) => typeOf(name) === type)
        .map((name) => `/lab/${name}*`),
    ]),
  ),
  rules: [],
}
