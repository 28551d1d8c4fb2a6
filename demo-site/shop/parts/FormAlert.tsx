/** Says how many fields need another look. The region is always there, so that its filling is announced. */
export function FormAlert({ errors }: { readonly errors: Partial<Record<string, string>> }) {
  const count = Object.values(errors).filter(Boolean).length
  return (
    <div class="form-alert" role="alert">
      {count > 0 && (
        <p>{count === 1 ? 'One field needs another look.' : `${count} fields need another look.`}</p>
      )}
    </div>
  )
}
