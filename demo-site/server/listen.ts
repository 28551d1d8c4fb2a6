import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'

/** Resolves to the server's address; a taken port is the one failure that deserves a sentence of its own. */
export function listen(server: ServerType, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      reject(new Error('PORT must be a whole number from 0 to 65535.'))
      return
    }
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error)
      else
        reject(
          new Error(
            `Port ${port} is taken. End what runs there, or choose another: PORT=${port + 1} npm start`,
          ),
        )
    })
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${given}`)
    })
  })
}

export async function stopListening(server: ServerType): Promise<void> {
  await new Promise<void>((done) => {
    server.close(() => done())
    // Browsers keep connections open; nobody waits for them to change their mind.
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
