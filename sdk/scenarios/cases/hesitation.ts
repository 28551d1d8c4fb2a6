import {
  away,
  back,
  fill,
  gesture,
  go,
  move,
  press,
  resize,
  scriptFocus,
  scriptScroll,
  scroll,
  selectAll,
  tab,
  times,
  type,
  wait,
} from '../deeds'
import { desktop, touch } from '../scenario'

const toAndFro = (ms: number, pauseMs = 600) => [
  move('#price', 100),
  wait(ms),
  move('#text', 100),
  wait(pauseMs),
]

/** The shopper hovers around the decision and does not take it - or looks as if. */
export const hesitationCases = [
  desktop('the mouse rests on the price', 'product', move('#price'), wait(2250))
    .expects('hesitation')
    .inBrowser(),
  desktop('the mouse rests on the call to action', 'product', move('#add'), wait(2600))
    .expects('hesitation')
    .inBrowser(),
  desktop('the mouse rests on the shipping cost', 'product', move('#shipping'), wait(3000))
    .expects('hesitation')
    .inBrowser(),
  desktop('the mouse rests on a plan', 'pricing', move('#plan-b'), wait(2600))
    .expects('hesitation')
    .inBrowser(),
  desktop('the mouse rests on the order button', 'checkout', move('#order'), wait(2600))
    .expects('hesitation')
    .inBrowser(),
  desktop(
    'the mouse rests on the price not quite long enough',
    'product',
    move('#price'),
    wait(1750),
    move('#text'),
  ),
  desktop(
    'a short look at the price',
    'product',
    move('#price'),
    wait(900),
    move('#text'),
    wait(2500),
  ).inBrowser(),
  desktop(
    'the hand on the mouse trembles',
    'product',
    move('#price'),
    times(6, move([88, 160], 200), move([80, 160], 200)),
  ).expects('hesitation'),
  desktop(
    'the mouse is read along with, never at rest',
    'product',
    move('#price'),
    times(6, move([92, 160], 200), move([80, 160], 200)),
  ).inBrowser(),
  desktop(
    'the mouse wanders over the price',
    'product',
    move('#price'),
    times(8, move([40, 150], 200), move([120, 170], 200)),
  ),
  desktop('a thinker with a calm hand goes on after a while', 'product', move('#price'), wait(20_000))
    .expects('hesitation')
    .lasting('hesitation', 15_000),
  desktop(
    'a thinker turns to something else',
    'product',
    move('#price'),
    wait(2500),
    move('#text'),
    times(12, move([100, 650], 200), move([300, 680], 200), scroll(20, 50)),
  )
    .expects('hesitation')
    .lasting('hesitation', 3900),
  desktop('a thinker decides at last', 'product', move('#add'), wait(3000), press('#add'), wait(500))
    .expects('hesitation')
    .lasting('hesitation', 1060)
    .inBrowser(),
  desktop('three visits to the price', 'product', times(3, ...toAndFro(600)))
    .expects('hesitation')
    .inBrowser(),
  // A hand of flesh is never that exact: on paper alone.
  desktop('three visits to the price, hardly any', 'product', times(3, ...toAndFro(450))).expects(
    'hesitation',
  ),
  desktop('two visits to the price are a comparison', 'product', times(2, ...toAndFro(800))).inBrowser(),
  desktop('the mouse passes over the price three times', 'product', times(3, ...toAndFro(250))),
  desktop('the price is passed slowly, four times', 'product', times(4, ...toAndFro(340))),
  desktop('three visits spread over half a minute', 'product', times(3, ...toAndFro(500, 10_300))).expects(
    'hesitation',
  ),
  desktop('three visits in ever so long', 'product', times(3, ...toAndFro(500, 15_300))),
  desktop(
    'two prices are compared, the eyes go back and forth',
    'product',
    times(2, move('#price', 100), wait(500), move('#shipping', 100), wait(500)),
  ),
  desktop(
    'each visit ends in a press',
    'product',
    times(4, move('#add', 100), wait(500), press('#add'), move('#text', 100), wait(900)),
  ),
  desktop('the mouse rests on plain text', 'product', move('#text'), wait(9000)),
  desktop('the mouse rests on a photo', 'product', move('#photo'), wait(6000)),
  desktop(
    'a page of another type has buttons, but no decisions',
    'list',
    move('#more'),
    wait(4000),
  ).inBrowser(),
  desktop(
    'the page is scrolled under the resting mouse',
    'product',
    move([80, 300], 300),
    wait(400),
    scroll(140, 300),
    wait(3000),
  ).inBrowser(),
  desktop(
    'the page jumps by itself under the resting mouse',
    'product',
    scroll(500, 400),
    move([80, 160], 300),
    wait(120),
    scriptScroll(0),
    wait(3000),
  ),
  desktop(
    'the page settles under a mouse that was on its way',
    'product',
    scroll(500, 400),
    move([80, 160], 300),
    wait(80),
    scriptScroll(0),
    wait(3000),
  ).expects('hesitation'),
  desktop(
    'the wheel turns while the mouse is on the price',
    'product',
    move('#price'),
    times(6, scroll(4, 60), scroll(-4, 60), wait(500)),
  ),
  desktop(
    'typing goes on while the mouse lies on the order button',
    'checkout',
    press('#name'),
    move('#order'),
    type('Roos Peeters of the Sint-Pietersplein', 120),
  ).inBrowser(),
  desktop('the mouse rests on what has been pressed', 'product', press('#add'), wait(5000)).inBrowser(),
  desktop(
    'the mouse rests on the price in a tab that nobody sees',
    'product',
    move('#price'),
    wait(1000),
    away(60_000),
    wait(500),
    move('#text'),
  ).expects('tab-return'),
  desktop(
    'the next page comes up under a resting mouse',
    'list',
    move([140, 290], 300),
    wait(500),
    go('product'),
    wait(4000),
  ),
  desktop('a field is chosen and stays empty', 'checkout', press('#street'), move('#text'), wait(5300))
    .expects('hesitation')
    .inBrowser(),
  desktop(
    'a field is chosen and filled in after a thought',
    'checkout',
    press('#street'),
    wait(4400),
    type('Sint'),
  ).inBrowser(),
  desktop(
    'a field that the page put the cursor in',
    'checkout',
    wait(1000),
    scriptFocus('#name'),
    wait(9000),
  ),
  desktop('the card must be fetched first', 'checkout', press('#card'), wait(20_000)),
  desktop(
    'a field that holds something already',
    'checkout',
    fill('#street', 'Korenmarkt'),
    press('#street'),
    wait(9000),
  ),
  desktop(
    'a password manager fills the fields in',
    'checkout',
    press('#name'),
    wait(1500),
    fill('#name', 'Roos Peeters'),
    fill('#street', 'Sint-Pietersplein 4'),
    fill('#postcode', '9000'),
    wait(6000),
  ),
  desktop(
    'a form is gone through by keyboard',
    'checkout',
    tab('#name'),
    type('Roos'),
    tab('#street'),
    type('Korenmarkt 3'),
    tab('#postcode'),
    type('9000'),
    tab('#city'),
    type('Gent'),
    wait(4000),
  ),
  desktop(
    'a keyboard shopper gets stuck at a field',
    'checkout',
    tab('#name'),
    type('Roos'),
    tab('#street'),
    wait(5500),
  ).expects('hesitation'),
  desktop(
    'a name is typed over after a long look at it',
    'checkout',
    press('#name'),
    type('Roos'),
    wait(12_000),
    selectAll,
    type('Rosa'),
  ),

  touch('an order button is in view, and nothing happens', 'checkout', press('#text'), wait(6300))
    .expects()
    .suspects('hesitation')
    .inBrowser(),
  touch(
    'an order button is in view while somebody reads',
    'checkout',
    press('#text'),
    wait(5500),
    scroll(30, 100),
  ).suspects(),
  touch('an order button is in view, before any touch', 'checkout', wait(9000)).suspects(),
  touch(
    'a price is looked at for long, scrolled away from, and back',
    'product',
    scroll(60, 160),
    wait(6500),
    scroll(500, 500),
    wait(700),
    scroll(-500, 500),
    wait(300),
  ).expects('hesitation'),
  touch(
    'a price is looked at for long, and left for good',
    'product',
    scroll(20, 60),
    wait(6500),
    scroll(800, 600),
    wait(5000),
  ),
  touch(
    'a page is scrolled up and down with no long look',
    'product',
    times(4, scroll(700, 500), wait(900), scroll(-700, 500), wait(900)),
  ).suspects(),
  touch('a page is read in strokes', 'product', times(12, scroll(120, 250), wait(1800))),
  touch(
    'a long look is over when the button is pressed',
    'product',
    scroll(20, 60),
    wait(6500),
    press('#add'),
    scroll(800, 600),
    wait(500),
    scroll(-800, 600),
    wait(500),
  ),
  touch('a pinch over the price', 'product', times(4, gesture('#price'), wait(700))),
  touch(
    'the keyboard comes up and goes',
    'checkout',
    press('#name'),
    resize,
    wait(500),
    type('Roos', 200),
    tab('#street'),
    type('Korenmarkt', 200),
    resize,
    wait(2000),
  ),
  touch('a field is tapped and stays empty', 'checkout', press('#street'), resize, wait(5400)).expects(
    'hesitation',
  ),
  touch(
    'a page is gone back to after a look',
    'product',
    scroll(20, 60),
    wait(3000),
    go('cart'),
    wait(9500),
    back(),
    wait(3000),
  ),
]
