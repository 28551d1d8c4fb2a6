/** `nats://user:password@host:port/subject`: what it says, or what is wrong with it. */
export interface ForwardTarget {
  readonly host: string
  readonly subject: string
  readonly user: string
  readonly password: string
  /** To name it, and to remember how far it was served: without the password. */
  readonly name: string
}

const wanted = 'nats://host:port/subject'
/** A publisher needs one subject: wildcards are for those who listen. */
const subjectForm = /^[^\s.*>/]+(\.[^\s.*>/]+)*$/

export const readTarget = (text: string): ForwardTarget => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const found = `found ${JSON.stringify(text)}`
  if (!url) throw new Error(`--forward: wanted an address such as ${wanted}, ${found}`)
  if (url.protocol !== 'nats:') {
    throw new Error(`--forward: wanted ${wanted}, found the scheme ${JSON.stringify(url.protocol)}`)
  }
  const subject = decodeURIComponent(url.pathname.slice(1))
  if (!subjectForm.test(subject)) {
    throw new Error(`--forward: wanted a subject with no wildcard after the host (${wanted}), ${found}`)
  }
  const host = `${url.hostname}:${url.port || '4222'}`
  return {
    host,
    subject,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    name: `nats://${host}/${subject}`,
  }
}
