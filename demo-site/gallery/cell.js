/** Raises the moment that this page's one rule answers; before the script is there, it waits in its queue. */
window.splitsecond ??= { q: [] }
window.splitsecond.q.push(['moment', 'show'])
