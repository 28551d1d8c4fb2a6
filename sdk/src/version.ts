/** The package's version, in every event. */
export const version = '0.1.0'
