import { away, back, cart, fill, go, press, scriptFocus, tab, type, wait } from '../deeds'
import { desktop, touch } from '../scenario'

/** Starts to fill a form in. */
const begins = [press('#name'), type('Roos Peeters')]

/** A form is begun and left at that - or sent, in all the ways there are. */
export const formCases = [
  desktop('a form is begun, then another page', 'account', begins, wait(3000), go('list'), wait(900))
    .expects('form-abandonment')
    .inBrowser(),
  touch(
    'a form is begun on a phone, then the back gesture',
    'list',
    wait(9000),
    go('account'),
    wait(8000),
    begins,
    wait(3000),
    back(),
    wait(900),
  ).expects('form-abandonment'),
  desktop(
    'a form is begun with one letter, then another page',
    'account',
    press('#name'),
    type('R'),
    wait(3000),
    go('list'),
    wait(900),
  )
    .expects('form-abandonment')
    .inBrowser(),
  desktop('a form is begun, and nothing follows', 'account', begins, wait(31_500)).suspects(
    'form-abandonment',
  ),
  desktop('a form is begun, and thought about', 'account', begins, wait(27_000)).suspects(),
  desktop(
    'a form is begun, and another tab looked at for half an hour',
    'account',
    begins,
    away(31 * 60_000),
    wait(900),
  ).expects('tab-return', 'form-abandonment'),
  desktop('a form is begun, and the mail looked up', 'account', begins, away(60_000), wait(900)).expects(
    'tab-return',
  ),
  desktop(
    'a form is begun, and a long phone call taken',
    'account',
    begins,
    away(28 * 60_000),
    wait(900),
  ).expects('tab-return'),
  desktop('a form is given up, and then nothing', 'account', begins, wait(3000), go('list'), wait(32_000))
    .expects('form-abandonment')
    .lasting('form-abandonment', 30_000),
  desktop(
    'a form is saved by script, and another page follows',
    'account',
    begins,
    press('#save'),
    wait(2600),
    go('list'),
    wait(900),
  ),
  desktop('a form’s own button leads on', 'lazy', begins, press('#save'), wait(1700), go('list'), wait(900)),
  desktop(
    'a form’s answer comes just after the next page',
    'lazy',
    begins,
    press('#save'),
    wait(2260),
    go('list'),
    wait(900),
  ),
  desktop(
    'a form’s answer comes too late',
    'lazy',
    begins,
    press('#save'),
    wait(2190),
    go('list'),
    wait(900),
  ).expects('form-abandonment'),
  desktop(
    'a button is pressed, and a while later a link',
    'lazy',
    press('#name'),
    type('Roos'),
    press('#save'),
    wait(2180),
    go('list'),
    wait(900),
  ).expects('form-abandonment'),
  desktop(
    'a form is sent, and another page follows',
    'support',
    press('#subject'),
    type('The lid'),
    press('#send'),
    wait(3000),
    go('list'),
    wait(900),
  ).inBrowser(),
  desktop(
    'a form is looked at and left',
    'account',
    press('#name'),
    wait(2000),
    go('list'),
    wait(900),
  ).inBrowser(),
  desktop(
    'a script puts the cursor into a form',
    'account',
    scriptFocus('#name'),
    wait(9000),
    go('list'),
    wait(900),
  ),
  desktop(
    'a search is begun and left',
    'list',
    press('#search'),
    type('kett'),
    wait(3000),
    go('product'),
    wait(900),
  ).inBrowser(),
  desktop(
    'a newsletter is thought about',
    'support',
    press('#newsletter'),
    type('roos'),
    wait(3000),
    go('list'),
    wait(900),
  ).inBrowser(),
  desktop(
    'a coupon is tried and let be',
    'cart',
    press('#coupon'),
    type('KETT'),
    wait(3000),
    go('list'),
    wait(900),
  ),
  desktop(
    'the address is given, then on to the next step',
    'checkout',
    begins,
    wait(2500),
    go('checkout/delivery'),
    wait(900),
  ).inBrowser(),
  desktop(
    'the address is begun, then the shop is gone on with',
    'checkout',
    begins,
    wait(2500),
    go('list'),
    wait(900),
  )
    .expects('form-abandonment')
    .inBrowser(),
  desktop(
    'choices of a product go into the cart',
    'account',
    begins,
    cart({ added: 1 }),
    wait(2500),
    go('cart'),
    wait(900),
  ),
  desktop(
    'a browser fills a form in, and it is sent',
    'checkout',
    tab('#name'),
    fill('#name', 'Roos Peeters'),
    fill('#street', 'Korenmarkt 3'),
    wait(1500),
    press('#order'),
    wait(900),
  ).inBrowser(),
]
