/** What to say when there is nothing to see, or nobody to ask. */
import { time } from './format'

interface EmptyProps {
  /** Given when there is something to see further back. */
  readonly showAll?: () => void
}

export const Empty = ({ showAll }: EmptyProps) => (
  <section class="card empty" aria-labelledby="empty">
    <h2 id="empty">{showAll ? 'No moments in this span of time' : 'No moments yet'}</h2>
    <p>The dashboard fills as shoppers act. Make a moment happen:</p>
    <ol>
      <li>
        <a href="/pricing">Open the shop and hesitate on a plan</a>: rest the pointer on its button for two
        seconds, as if you could not decide.
      </li>
      <li>
        <a href="/">Walk through the shop</a>, put something in the cart, go to the checkout, and come back.
      </li>
      <li>Return to this page: each moment, decision and nudge shows up within a few seconds.</li>
    </ol>
    {showAll && (
      <button type="button" class="button" onClick={showAll}>
        Look at all time
      </button>
    )}
  </section>
)

interface UnreachableProps {
  readonly problem: string
  /** Epoch ms of the figures that are still shown; null when there have been none. */
  readonly since: number | null
}

export const Unreachable = ({ problem, since }: UnreachableProps) => (
  <div class="unreachable" role="alert">
    <strong>The collector does not answer: {problem}.</strong>{' '}
    {since === null ? 'Is the shop’s server running? ' : `These figures are from ${time(since)}. `}
    Trying again every few seconds.
  </div>
)
