/**
 * ClickHouse over its HTTP interface, with nothing but `fetch`. Figures stay below 2^53, so 64-bit numbers are asked
 * for as numbers.
 */
import { unreachable } from '../store'
import type { ClickhouseAddress } from './read-address'

export interface Client {
  query<Row>(sql: string): Promise<Row[]>
  /** @param rows one JSON object a line */
  insert(table: string, rows: string): Promise<void>
  run(sql: string): Promise<void>
}

/** Longer than any commit takes, shorter than a browser waits in earnest. */
const insertMs = 10_000
const queryMs = 60_000

const settings = {
  output_format_json_quote_64bit_integers: '0',
  join_use_nulls: '1',
}

/** `Code: 81, e.displayText() = DB::Exception: …`, without its frame. */
const reason = (text: string): string =>
  (/DB::Exception: (.*?)(, e\.what\(\)|$)/s.exec(text)?.[1] ?? text).trim().slice(0, 300)

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause)
}

export const createClient = ({ url, database, user, password, name }: ClickhouseAddress): Client => {
  const send = async (sql: string, body: string, within: number): Promise<string> => {
    const params = new URLSearchParams({ database, ...settings, ...(body && { query: sql }) })
    const credentials = user ? { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password } : undefined
    const ask = async (): Promise<[Response, string]> => {
      const response = await fetch(`${url}?${params}`, {
        method: 'POST',
        body: body || sql,
        signal: AbortSignal.timeout(within),
        ...(credentials && { headers: credentials }),
      })
      return [response, await response.text()]
    }
    const [response, text] = await ask().catch((error: unknown) => {
      throw unreachable(`${name} does not answer (${causeOf(error)})`, error)
    })
    if (!response.ok) throw new Error(`${name} refused: ${reason(text)}`)
    return text
  }

  return {
    query: async <Row>(sql: string) =>
      (await send(`${sql} FORMAT JSONEachRow`, '', queryMs))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row),
    insert: async (table, rows) => {
      await send(`INSERT INTO ${table} FORMAT JSONEachRow`, rows, insertMs)
    },
    run: async (sql) => {
      await send(sql, '', queryMs)
    },
  }
}
