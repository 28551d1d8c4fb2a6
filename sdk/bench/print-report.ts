import type { Figure, Machine, Row, Section, Table } from './report'

const number = (value: number, digits: number) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })

const goalOf = (cell: Figure | null): string => {
  if (!cell?.goal) return ''
  const { most, least, met } = cell.goal
  return `${most === undefined ? `≥ ${number(least ?? 0, cell.digits)}` : `≤ ${number(most, cell.digits)}`} ${met ? '✓' : '✗'}`
}

/** A row, and under it what its figures should be. */
const lines = ({ name, figures }: Row): string[][] => {
  const goals = figures.map(goalOf)
  const values = [name, ...figures.map((cell) => (cell ? number(cell.value, cell.digits) : '·'))]
  return goals.some(Boolean) ? [values, ['  goal', ...goals]] : [values]
}

function tableText({ title, columns, rows }: Table): string {
  const cells = [[title, ...columns], ...rows.flatMap(lines)]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const text = cells.map((line) =>
    line
      .map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
  const [head, ...body] = text
  return [head, '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...body].join('\n')
}

const wrap = (text: string, width = 108) =>
  text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n').trimEnd()

export const sectionText = ({ name, how, tables }: Section) =>
  [`\n━━ ${name} ━━`, wrap(how), ...tables.map((table) => `\n${tableText(table)}`)].join('\n')

export const machineText = ({ cpu, cores, load, node, browser }: Machine) =>
  [cpu, `${cores} cores`, `load ${number(load, 1)}`, `Node ${node}`, browser].filter(Boolean).join(' · ')
