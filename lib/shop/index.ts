export { addToBasket } from './add-to-basket';
export { cancelOrder } from './cancel-order';
export { changeBasket } from './change-basket';
export { chooseSome, chooseWhole, type ReturnRefusal, returnableLines } from './choose-returns';
export {
  type Basket,
  MAX_QUANTITY,
  type MerchantKind,
  type Order,
  type OrderLine,
  type OrderStanding,
  orderNumberGroups,
  type Product,
  type ReturnableLine,
  type ReturnChoice,
  standingOf,
  textIn,
} from './model';
export { type NewOrderLine, openOrder } from './open-order';
export { type PlaceOrderRefusal, placeOrder } from './place-order';
export {
  basketChangeSchema,
  basketOrderSchema,
  directOrderSchema,
  type Intent,
  intentSchema,
  refundRequestSchema,
  type ShopQuery,
  shopQuerySchema,
} from './schemas';
export { seedShop } from './seed-shop';
export { retryOnConflict } from './store';
export {
  basketCount,
  basketView,
  ordersPage,
  orderView,
  productById,
  productBySlug,
  productsBeside,
  type ShopPage,
  shopPage,
} from './views';
