/** The shop's sign: a kettle's spout and a kiln's arch in one line. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="30" height="30" fill="none" aria-hidden="true">
      <path d="M4 27V15a10 10 0 0 1 20 0v12Z" fill="currentColor" />
      <path d="M9 27v-9a5 5 0 0 1 10 0v9Z" class="mark-door" />
      <path d="M24 17c3 0 2.4-5 5.5-5.5" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" />
    </svg>
  )
}
