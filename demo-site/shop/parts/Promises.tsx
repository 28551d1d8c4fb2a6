import { Link } from './Link'

/** Three plain answers to the three questions everybody has. */
export function Promises() {
  return (
    <ul class="promises">
      <li data-splitsecond-role="shipping">
        <h3>Posted on Wednesdays</h3>
        <p>Roasted the day before. Free delivery from €60 in Belgium and next door.</p>
      </li>
      <li data-splitsecond-role="returns">
        <h3>Sixty days to think</h3>
        <p>Use it, then decide. We pay the way back, and broken pots are replaced from a photo.</p>
      </li>
      <li>
        <h3>Somebody answers</h3>
        <p>
          Six of us work here and we take turns with the mail. <Link to="/support">Ask us anything</Link>.
        </p>
      </li>
    </ul>
  )
}
