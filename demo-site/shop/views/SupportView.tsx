import { useState } from 'preact/hooks'
import { Link } from '../parts/Link'
import { Contacts } from './support/Contacts'
import { SupportForm } from './support/SupportForm'

export function SupportView() {
  const [sent, setSent] = useState(false)
  return (
    <div class="band">
      <div class="page-head">
        <h1>How can we help?</h1>
        <p class="lead">
          Ines, Tomas and Roos read everything. You will usually hear back the same working day.
        </p>
      </div>
      <div class="two-columns two-columns-form">
        {sent ? <Sent onAgain={() => setSent(false)} /> : <SupportForm onSent={() => setSent(true)} />}
        <Contacts />
      </div>
    </div>
  )
}

function Sent({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div class="sent" id="support-thanks">
      <h2>Thank you, we have it.</h2>
      <p>Whoever is on the mail today will write back, usually before six. No need to send it twice.</p>
      <p class="row">
        <Link to="/" class="button">
          Back to the shop
        </Link>
        <button type="button" class="button button-quiet" onClick={onAgain}>
          Write another
        </button>
      </p>
    </div>
  )
}
