/** One line on the terminal that tells how far a long piece of work is; nothing where there is no terminal. */
export function progress(line: string) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K\x1b[2m› ${line}\x1b[0m`)
}

export const clearProgress = () => void (process.stderr.isTTY && process.stderr.write('\r\x1b[2K'))
