import { readdir, readFile } from 'node:fs/promises'

/** SIGKILL to each process of the browser with this profile, and to no other; they are found by /proc. */
export async function killBrowser(profile: string) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  for (const id of ids) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')
    if (command.includes(profile)) process.kill(Number(id), 'SIGKILL')
  }
}
