/** For those who would rather not write: the telephone, and the answers to most letters. */
export function Contacts() {
  return (
    <section class="panel" aria-labelledby="quicker">
      <h2 id="quicker">Quicker still</h2>
      <p>
        Call <a href="tel:+3292345678">+32 9 234 56 78</a>, Tuesday to Saturday, nine to six.
      </p>
      <p>
        Write to <a href="mailto:hello@kettleandkiln.example">hello@kettleandkiln.example</a>.
      </p>
      <h3>Where is my parcel?</h3>
      <p>
        Parcels leave on Wednesday afternoon. The tracking link is in the mail with the subject “On its way”,
        which likes to hide in the spam folder.
      </p>
      <h3>Sending something back</h3>
      <p data-splitsecond-role="returns">
        Sixty days for anything that is not coffee. There is a label in the box; stick it on and hand it in at
        any post office.
      </p>
      <h3>Delivery</h3>
      <p data-splitsecond-role="shipping">
        €4.90 in Belgium, Germany, France, Luxembourg and the Netherlands, free from €60. €8.90 in the rest of
        the EU, free from €100. €14.90 to Switzerland and the United Kingdom.
      </p>
    </section>
  )
}
