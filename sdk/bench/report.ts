/** What the bench says: tables of figures, some with a goal. A report, never an assert. */
export interface Figure {
  readonly value: number
  /** Digits after the point, when printed. */
  readonly digits: number
  readonly goal?: Goal | undefined
}

export interface Goal {
  readonly most?: number
  readonly least?: number
  readonly met: boolean
}

export interface Row {
  readonly name: string
  /** Null where there is nothing to say. */
  readonly figures: readonly (Figure | null)[]
}

export interface Table {
  readonly title: string
  /** One heading for each figure, its unit in it. */
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

export interface Section {
  readonly name: string
  /** How it was measured, how many tries. */
  readonly how: string
  readonly tables: readonly Table[]
}

export interface Report {
  readonly at: string
  readonly machine: Machine
  readonly tookSeconds: number
  readonly sections: readonly Section[]
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  /** Processes that wanted a core in the last minute: above `cores` the absolute times say little. */
  readonly load: number
  readonly node: string
  readonly browser: string | undefined
}

export const figure = (value: number, digits = 1): Figure => ({ value, digits })

export const atMost = (value: number, most: number, digits = 1): Figure => ({
  value,
  digits,
  goal: { most, met: value <= most },
})

export const atLeast = (value: number, least: number, digits = 0): Figure => ({
  value,
  digits,
  goal: { least, met: value >= least },
})
