/** Raises the moment that this page's one rule answers, with a kettle in the basket; before the script is there, both wait in its queue. */
window.splitsecond ??= { q: [] }
window.splitsecond.q.push(['cart', { items: [{ id: 'heron-kettle' }], total: 129, currency: 'EUR' }])
window.splitsecond.q.push(['moment', 'show'])
