import { Link } from '../parts/Link'

export function NotFoundView() {
  return (
    <div class="band narrow">
      <div class="page-head">
        <p class="eyebrow">404</p>
        <h1>This shelf is empty</h1>
        <p class="lead">Whatever stood here has been sold, moved, or never came out of the kiln.</p>
      </div>
      <p class="row">
        <Link to="/list/all" class="button">
          See everything we have
        </Link>
        <Link to="/support" class="button button-quiet">
          Ask for it
        </Link>
      </p>
    </div>
  )
}
