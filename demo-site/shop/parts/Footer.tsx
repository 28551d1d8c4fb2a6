import { categories } from '../catalogue'
import { Link } from './Link'

export function Footer() {
  return (
    <footer class="footer">
      <div class="footer-inner">
        <section class="footer-about" aria-labelledby="footer-about">
          <h2 id="footer-about">Kettle &amp; Kiln</h2>
          <p>
            A roastery and a pottery under one roof, at the Houtdok in Ghent. Come in: there is always a pot
            on. Open Tuesday to Saturday, nine to six.
          </p>
          <p class="footer-small">
            This shop exists to show what Splitsecond does. Nothing is sold, nothing is charged.{' '}
            <a href="/gallery">Every nudge it can show</a>
          </p>
        </section>
        <nav aria-labelledby="footer-shop">
          <h2 id="footer-shop">Shop</h2>
          <ul>
            {categories.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/list/${id}`}>{name}</Link>
              </li>
            ))}
            <li>
              <Link to="/pricing">Standing order</Link>
            </li>
          </ul>
        </nav>
        <section aria-labelledby="footer-delivery">
          <h2 id="footer-delivery">Delivery</h2>
          <p data-splitsecond-role="shipping">
            €4.90 in Belgium, Germany, France, Luxembourg and the Netherlands, free from €60. Elsewhere in the
            EU €8.90, free from €100.
          </p>
        </section>
        <section aria-labelledby="footer-returns">
          <h2 id="footer-returns">Returns</h2>
          <p data-splitsecond-role="returns">
            Sixty days to change your mind about anything that is not coffee. We pay the way back. If it
            arrives broken, send a photo and we send another.
          </p>
          <p>
            <Link to="/support">Write to us</Link>
          </p>
        </section>
      </div>
    </footer>
  )
}
