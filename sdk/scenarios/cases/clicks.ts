import {
  activate,
  away,
  gesture,
  go,
  move,
  press,
  scroll,
  times,
  wait,
  type Deeds,
  type Place,
} from '../deeds'
import { desktop, touch } from '../scenario'

/** Presses whose middles are so many ms apart. */
const every = (ms: number, count: number, on: string, holdMs = 60): Deeds => [
  press(on, { holdMs }),
  times(count - 1, wait(ms - holdMs), press(on, { holdMs })),
]
/** Presses here and there on one thing. */
const spread = (on: string, places: readonly Place[]): Deeds =>
  places.map((off) => [press(on, { off }), wait(20)])
/** The mouse to and fro. */
const legs = (count: number, px: number, ms: number): Deeds =>
  Array.from({ length: count }, (_leg, i) => move([i % 2 ? 300 : 300 + px, 660], ms))
/** And then a press: what the mouse has done is told with the next thing that happens. */
const shake = (count: number, px: number, ms: number): Deeds => [
  move([300, 660], 200),
  legs(count, px, ms),
  press('#text'),
]

/** Presses that are not answered, and many that are; the mouse shaken. */
export const clickCases = [
  desktop('a wish button that does nothing is hammered on', 'product', every(200, 5, '#wish'))
    .expects('rage-click')
    .inBrowser(),
  touch('a wish button that does nothing is hammered on with a finger', 'product', every(220, 5, '#wish'))
    .expects('rage-click')
    .inBrowser(),
  desktop('four presses in nine tenths of a second', 'product', every(305, 4, '#wish'))
    .expects('rage-click')
    .inBrowser(),
  desktop('three presses on what does nothing', 'product', every(280, 3, '#wish')).inBrowser(),
  desktop('four presses, more slowly, on what answers elsewhere', 'product', every(400, 4, '#far')),
  desktop('four quick presses on what answers elsewhere', 'product', every(300, 4, '#far'))
    .expects('rage-click')
    .inBrowser(),
  desktop(
    'four presses on one spot, or nearly',
    'product',
    spread('#wish', [
      [-13, 0],
      [13, 0],
      [-13, 0],
      [13, 0],
    ]),
  )
    .expects('rage-click')
    .inBrowser(),
  desktop(
    'four presses here and there on a wide button',
    'product',
    spread('#wish', [
      [-20, 0],
      [16, 0],
      [-20, 0],
      [16, 0],
    ]),
  ).inBrowser(),
  touch(
    'a thumb that is not exact',
    'product',
    times(2, press('#wish', { off: [-20, 0] }), wait(120), press('#wish', { off: [19, 0] }), wait(120)),
  )
    .expects('rage-click')
    .inBrowser(),
  touch(
    'taps here and there on a wide button',
    'product',
    times(2, press('#wish', { off: [-26, 0] }), wait(120), press('#wish', { off: [26, 0] }), wait(120)),
  ).inBrowser(),
  desktop('a quantity stepper is pressed six times', 'product', every(180, 6, '#plus'), wait(3600))
    .expects('multi-click')
    .lasting('multi-click', 3330)
    .inBrowser(),
  touch('a quantity stepper is tapped six times', 'product', every(200, 6, '#plus'))
    .expects('multi-click')
    .inBrowser(),
  desktop(
    'up and down again with a stepper',
    'product',
    every(200, 3, '#plus'),
    every(200, 3, '#minus'),
  ).inBrowser(),
  desktop('a stepper of the cart is pressed eight times', 'cart', every(150, 8, '#plus')).expects(
    'multi-click',
  ),
  desktop('the days of a calendar are gone through', 'checkout', every(230, 7, '#next-day'))
    .expects('multi-click')
    .inBrowser(),
  touch('the days of a calendar are gone through with a finger', 'checkout', every(230, 7, '#next-day'))
    .expects('multi-click')
    .inBrowser(),
  desktop('a carousel is gone through', 'list', every(240, 6, '#next'))
    .expects('multi-click')
    .inBrowser(),
  desktop('a carousel is gone through, photo by photo', 'product', every(900, 6, '#next-photo')).inBrowser(),
  desktop('a carousel has come to its end', 'product', every(240, 4, '#last'))
    .expects('multi-click')
    .inBrowser(),
  desktop('a carousel is stuck', 'product', every(240, 4, '#stuck'))
    .expects('rage-click')
    .inBrowser(),
  desktop(
    'a stepper, not always in its middle',
    'product',
    spread('#plus', [
      [-13, 0],
      [13, 0],
      [-13, 0],
      [13, 0],
    ]),
  )
    .expects('multi-click')
    .inBrowser(),
  desktop(
    'a stepper, from its left to its right edge',
    'product',
    spread('#plus', [
      [-18, 0],
      [18, 0],
      [-18, 0],
      [18, 0],
    ]),
  ).inBrowser(),
  touch(
    'a stepper under a thumb that is not exact',
    'product',
    times(2, press('#plus', { off: [-20, 0] }), wait(120), press('#plus', { off: [20, 0] }), wait(120)),
  )
    .expects('multi-click')
    .inBrowser(),
  touch(
    'a wide button is tapped here and there',
    'product',
    times(2, press('#add', { off: [-26, 0] }), wait(120), press('#add', { off: [26, 0] }), wait(120)),
  ).inBrowser(),
  desktop('a stepper that answers slowly', 'product', every(300, 4, '#brisk'), wait(300)).expects(
    'multi-click',
  ),
  desktop(
    'a stepper that answers late, and then no more',
    'product',
    every(300, 4, '#late'),
    wait(300),
  ).expects('rage-click'),
  desktop(
    'a game of double-click',
    'product',
    times(5, press('#tile'), wait(60), press('#tile'), wait(900)),
  ).inBrowser(),
  desktop('a paragraph is selected by triple click', 'product', every(140, 3, '#text')).inBrowser(),
  desktop('a paragraph is clicked about in', 'product', every(160, 7, '#text')).inBrowser(),
  desktop('a field is clicked into again and again', 'checkout', every(160, 5, '#name')).inBrowser(),
  desktop('a photo that opens nothing is clicked', 'product', every(200, 4, '#photo')).inBrowser(),
  desktop(
    'a label is clicked: one tap makes two clicks',
    'product',
    every(450, 2, '#label-gift'),
  ).inBrowser(),
  touch(
    'a label is tapped: one tap makes two clicks',
    'product',
    press('#label-gift'),
    wait(1500),
  ).inBrowser(),
  desktop(
    'a key is held down on a button that does nothing',
    'product',
    times(24, activate('#wish'), wait(33)),
  ).expects(),
  desktop('a worn-out mouse bounces', 'product', every(50, 6, '#wish', 20)),
  desktop('a worn-out mouse bounces on a stepper', 'product', every(50, 6, '#plus', 20)),
  desktop('a stepper is drummed on', 'product', every(70, 8, '#plus', 20), wait(300))
    .expects('multi-click')
    .inBrowser(),
  desktop('a button is drummed on', 'product', every(70, 8, '#wish', 20))
    .expects('rage-click')
    .inBrowser(),
  desktop(
    'a button that does nothing is pressed by key, again and again',
    'product',
    every(200, 1, '#text'),
    times(5, activate('#wish'), wait(200)),
  )
    .expects('rage-click')
    .inBrowser(),
  desktop('a stepper by key', 'product', times(8, activate('#plus'), wait(180)))
    .expects('multi-click')
    .inBrowser(),
  desktop(
    'switch control steps through a page',
    'product',
    times(4, activate('#plus'), wait(2500), activate('#next-photo'), wait(2500)),
  ),
  desktop('a screen reader activates a button once', 'product', activate('#add'), wait(6000)),
  desktop('a select menu is opened and closed', 'product', every(250, 6, '#size')).inBrowser(),
  desktop(
    'the page keeps off: a button that may be hammered on',
    'product',
    every(200, 6, '#quiet'),
  ).inBrowser(),
  desktop('rage, and a while later nothing of it is left', 'product', every(200, 4, '#far'), wait(12_000))
    .expects('rage-click')
    .lasting('rage-click', 9900),
  desktop('rage, then something else is pressed', 'product', every(200, 4, '#far'), wait(2000), press('#add'))
    .expects('rage-click')
    .lasting('rage-click', 2320),
  desktop('three presses, one after the other, on what does nothing', 'product', every(600, 3, '#wish'))
    .expects('rage-click', 'dead-click')
    .inBrowser(),
  desktop(
    'three presses in less than a second on what does nothing',
    'product',
    every(425, 3, '#wish'),
  ).inBrowser(),
  desktop('three presses in two seconds on what does nothing', 'product', every(950, 3, '#wish')).expects(
    'rage-click',
    'dead-click',
  ),
  desktop(
    'three presses in more than two seconds on what does nothing',
    'product',
    every(1150, 3, '#wish'),
  ).expects('dead-click'),

  desktop('a button that does nothing is pressed, and waited for', 'product', press('#wish'), wait(5300))
    .expects('dead-click')
    .suspects('dead-click')
    .inBrowser(),
  touch('a button that does nothing is tapped, and waited for', 'product', press('#wish'), wait(5300))
    .expects('dead-click')
    .inBrowser(),
  desktop(
    'a button that does nothing is waited for, but not so long',
    'product',
    press('#wish'),
    wait(4200),
  ).suspects('dead-click'),
  desktop('a button that does nothing is tried once more', 'product', every(1150, 2, '#wish'))
    .expects('dead-click')
    .inBrowser(),
  desktop('a button is pressed twice, a second apart', 'product', every(880, 2, '#wish')).inBrowser(),
  desktop(
    'a button that does nothing is given up on',
    'product',
    press('#wish'),
    wait(2500),
    press('#add'),
    wait(4000),
  ).suspects('dead-click'),
  desktop('a dead button, and then nothing for long', 'product', press('#wish'), wait(16_500))
    .expects('dead-click')
    .lasting('dead-click', 10_000),
  desktop('a button that answers over the network', 'product', press('#slow'), wait(5500))
    .suspects()
    .inBrowser(),
  desktop('a server that takes four seconds', 'product', press('#slower'), wait(5500)).suspects('dead-click'),
  desktop('a button that changes something far away', 'product', press('#far'), wait(5500)).inBrowser(),
  desktop('a guide opens in another tab', 'product', press('#guide'), wait(5500)),
  desktop('a file chooser is opened and closed', 'product', press('#upload'), wait(5500)),
  desktop('a video, a picture, a text is clicked', 'product', press('#photo'), wait(5500)),
  desktop(
    'a dead button, but the page is scrolled',
    'product',
    press('#wish'),
    wait(300),
    scroll(300),
    wait(5000),
  ),
  desktop('a dead button with a ticker beside it', 'ticker', wait(800), press('#wish'), wait(5300))
    .expects('dead-click')
    .inBrowser(),
  desktop(
    'a button on a page that redraws itself each second',
    'clock',
    press('#plus'),
    wait(5500),
  ).inBrowser(),
  desktop(
    'a dead button on a page that redraws itself each second',
    'clock',
    wait(2500),
    press('#wish'),
    wait(5300),
  ).expects('dead-click'),
  desktop(
    'a press that only brings the page back',
    'product',
    wait(900),
    away(3000),
    wait(600),
    press('#wish'),
    wait(5500),
  ),
  desktop(
    'a press soon after the page is back',
    'product',
    wait(900),
    away(3000),
    wait(950),
    press('#wish'),
    wait(5500),
  ).expects('dead-click'),
  touch(
    'a tap stops the page as it flies',
    'product',
    scroll(-400, 300),
    scroll(300, 300),
    scroll(-300, 200),
    wait(25),
    press('#wish'),
    wait(5500),
  ),
  touch(
    'a tap when the page has come to rest',
    'product',
    scroll(300, 300),
    scroll(-300, 200),
    wait(65),
    press('#wish'),
    wait(5500),
  ).expects('dead-click'),
  touch('a pinch on a dead button', 'product', gesture('#wish'), wait(5500)),

  desktop('a button fails', 'product', press('#broken'), wait(900)).expects('error-click').inBrowser(),
  touch('a button fails under a finger', 'product', press('#broken'), wait(900))
    .expects('error-click')
    .inBrowser(),
  desktop('a button fails a while after', 'product', press('#breaks'), wait(1500)).expects('error-click'),
  desktop('something fails long after a press', 'product', press('#breaks-late'), wait(1500)),
  desktop('a button fails, and then nothing', 'product', press('#broken'), wait(12_000))
    .expects('error-click', 'dead-click')
    .lasting('error-click', 10_000),
  desktop('the page fails by itself', 'product', wait(2000), { do: 'fault' }, wait(2000)).inBrowser(),
  desktop(
    'a page that fails by itself now and then, and once by chance after a press',
    'product',
    wait(1000),
    { do: 'fault' },
    wait(7600),
    press('#plus'),
    wait(300),
    { do: 'fault' },
    wait(500),
  ),
  desktop(
    'a fault of long ago, and a button that fails',
    'product',
    wait(1000),
    { do: 'fault' },
    wait(12_000),
    press('#plus'),
    wait(300),
    { do: 'fault' },
    wait(500),
  ).expects('error-click'),
  desktop(
    'text is clicked as the page fails',
    'product',
    press('#text'),
    wait(200),
    { do: 'fault' },
    wait(900),
  ).inBrowser(),

  desktop('the mouse is shaken', 'product', shake(12, 300, 144))
    .expects('thrashed-cursor')
    .inBrowser(),
  desktop('the mouse is shaken, and then laid down', 'product', shake(12, 300, 144), wait(3000)).expects(
    'thrashed-cursor',
  ),
  desktop('just eight turns', 'product', shake(8, 200, 160))
    .expects('thrashed-cursor')
    .inBrowser(),
  desktop('six turns', 'product', shake(6, 200, 160)).inBrowser(),
  desktop('short legs', 'product', shake(16, 66, 64)).inBrowser(),
  desktop('legs of a hand’s breadth', 'product', shake(16, 96, 80)).expects('thrashed-cursor'),
  desktop('eight turns in less than two seconds', 'product', shake(10, 230, 240)).expects('thrashed-cursor'),
  desktop('eight turns in more than two seconds', 'product', shake(16, 270, 310)),
  desktop('eight turns, fast enough', 'product', shake(12, 180, 192)).expects('thrashed-cursor'),
  desktop('eight turns, not so fast', 'product', shake(16, 120, 176)),
  desktop(
    'the mouse is shaken with a short rest',
    'product',
    legs(5, 260, 112),
    wait(250),
    legs(5, 260, 112),
    press('#text'),
  ).expects('thrashed-cursor'),
  desktop(
    'the mouse is shaken, laid down, and shaken',
    'product',
    legs(5, 260, 112),
    wait(350),
    legs(5, 260, 112),
    press('#text'),
  ),
  desktop(
    'the mouse is shaken on its way to the price, and rests',
    'product',
    legs(10, 260, 144),
    move([300, 160], 500),
    move([80, 660], 500),
    wait(3000),
  )
    .expects('thrashed-cursor')
    .lasting('thrashed-cursor', 1500),
  desktop(
    'a way with corners: along a menu and down',
    'list',
    times(3, move([60, 140], 250), move([320, 150], 250), move([100, 260], 250)),
  ).inBrowser(),
  desktop(
    'a table is read along with the mouse',
    'product',
    times(6, move([40, 640], 700), move([360, 650], 700)),
  ),
  desktop(
    'a big button is shown to somebody, in circles',
    'product',
    times(4, move([240, 640], 180), move([300, 700], 180), move([240, 740], 180), move([180, 700], 180)),
  ),
  desktop(
    'presses here and there',
    'product',
    press('#plus'),
    wait(100),
    press('#minus'),
    wait(100),
    press('#plus'),
    wait(100),
    press('#add'),
    wait(500),
  ).inBrowser(),
  desktop(
    'a link is pressed twice as the next page comes',
    'list',
    press('#card-1'),
    wait(20),
    press('#card-1', { holdMs: 5 }),
    wait(1500),
  ),
  desktop(
    'a page that is slow to start',
    'product',
    wait(200),
    press('#slow'),
    wait(2500),
    go('cart'),
    wait(900),
  ),
]
