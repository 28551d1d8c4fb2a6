/** `clickhouse://user:password@host:port/database`: what it says, or what is wrong with it. */
export interface ClickhouseAddress {
  /** Of its HTTP interface. */
  readonly url: string
  readonly database: string
  readonly user: string
  readonly password: string
  /** To name it in messages: without the password. */
  readonly name: string
}

const wanted = 'clickhouse://host:port/database'

export const readAddress = (text: string): ClickhouseAddress => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const found = `found ${JSON.stringify(text)}`
  if (!url) throw new Error(`--store: wanted an address such as ${wanted}, ${found}`)
  if (url.protocol !== 'clickhouse:') {
    throw new Error(`--store: wanted ${wanted}, found the scheme ${JSON.stringify(url.protocol)}`)
  }
  const database = decodeURIComponent(url.pathname.slice(1))
  if (!/^\w+$/.test(database)) {
    throw new Error(`--store: wanted the name of a database after the host (${wanted}), ${found}`)
  }
  const host = `${url.hostname}:${url.port || '8123'}`
  return {
    url: `http://${host}/`,
    database,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    name: `clickhouse://${host}/${database}`,
  }
}
