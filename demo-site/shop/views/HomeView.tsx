import { categories, findProduct, productsIn } from '../catalogue'
import { Link } from '../parts/Link'
import { Picture } from '../parts/Picture'
import { ProductGrid } from '../parts/ProductGrid'
import { Promises } from '../parts/Promises'

const favourites = [
  'everyday-mug',
  'morning-field',
  'heron-kettle',
  'ridge-dripper',
  'gedeo-natural',
  'waffle-towel',
  'cortado-cups',
  'bean-jar',
]

export function HomeView() {
  return (
    <>
      <section class="hero">
        <div class="hero-text">
          <p class="eyebrow">Roastery and pottery, Ghent</p>
          <h1>Good coffee, and something good to drink it from.</h1>
          <p class="lead">
            We roast on Tuesdays and fire the kiln on Thursdays. On the other days we pack parcels, and drink
            what did not fit.
          </p>
          <p class="row">
            <Link to="/list/coffee" class="button button-light">
              This week’s coffee
            </Link>
            <Link to="/pricing" class="button button-outline">
              Standing order
            </Link>
          </p>
        </div>
        <picture>
          <source media="(min-width: 700px)" srcset="/art/hero.svg" width={1600} height={800} />
          <img
            class="hero-picture"
            src="/art/hero-narrow.svg"
            width={960}
            height={800}
            alt="A white kettle, a dripper on its server, a mug and two bags of coffee on a table by an arched window."
            fetchpriority="high"
          />
        </picture>
      </section>

      <section class="band" aria-labelledby="shelves">
        <h2 id="shelves" class="sr-only">
          Four shelves
        </h2>
        <ul class="shelves">
          {categories.map(({ id, name }) => {
            const shelf = productsIn(id)
            const cover = shelf[2]
            return (
              <li key={id} class="shelf">
                {cover && <Picture picture={cover.picture} alt="" />}
                <Link to={`/list/${id}`}>{name}</Link>
                <span class="shelf-count">{shelf.length} things</span>
              </li>
            )
          })}
        </ul>
      </section>

      <section class="band" aria-labelledby="favourites">
        <div class="band-head">
          <h2 id="favourites">What leaves the shelf first</h2>
          <Link to="/list/all" class="more">
            See everything
          </Link>
        </div>
        <ProductGrid name="favourites" products={favourites.flatMap((slug) => findProduct(slug) ?? [])} />
      </section>

      <section class="band split" aria-labelledby="standing-order">
        <img class="split-picture" src="/art/parcel.svg" width={720} height={600} alt="" loading="lazy" />
        <div class="split-text">
          <p class="eyebrow">Standing order</p>
          <h2 id="standing-order">Never the last spoonful on a Monday.</h2>
          <p>
            One, two or more bags a month, roasted the day before they leave. Skip a month from the kitchen
            table; there is no notice period and nobody to call.
          </p>
          <p>
            <Link to="/pricing" class="button">
              See the three sizes
            </Link>
          </p>
        </div>
      </section>

      <section class="band" aria-label="What you can count on">
        <Promises />
      </section>
    </>
  )
}
