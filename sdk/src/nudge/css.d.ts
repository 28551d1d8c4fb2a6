/** A style sheet as minified text; the build puts it there. */
declare module '*.css' {
  const text: string
  export default text
}
