import { Announcer } from './parts/Announcer'
import { Footer } from './parts/Footer'
import { Header } from './parts/Header'
import { parseRoute, type Route } from './routes'
import { ShopContext, type ShopHandle } from './ShopContext'
import { CartView } from './views/CartView'
import { CheckoutView } from './views/CheckoutView'
import { HomeView } from './views/HomeView'
import { ListView } from './views/ListView'
import { NotFoundView } from './views/NotFoundView'
import { OrderCompleteView } from './views/OrderCompleteView'
import { PricingView } from './views/PricingView'
import { ProductView } from './views/ProductView'
import { SupportView } from './views/SupportView'

/** The whole page, on the server as in the browser, in all three shops. */
export function Shop({ shop }: { readonly shop: ShopHandle }) {
  return (
    <ShopContext.Provider value={shop}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Header />
      <main id="main" tabindex={-1}>
        <View key={shop.path} route={parseRoute(shop.path)} />
      </main>
      <Footer />
      <Announcer />
    </ShopContext.Provider>
  )
}

function View({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'home':
      return <HomeView />
    case 'list':
      return <ListView category={route.category} />
    case 'product':
      return <ProductView product={route.product} />
    case 'pricing':
      return <PricingView />
    case 'cart':
      return <CartView />
    case 'checkout':
      return <CheckoutView step={route.step} />
    case 'order-complete':
      return <OrderCompleteView />
    case 'support':
      return <SupportView />
    case 'not-found':
      return <NotFoundView />
  }
}
