export { type AddToBasket, addToBasket } from './add-to-basket';
export { cancelOrder } from './cancel-order';
export { changeBasket } from './change-basket';
export {
  chooseSome,
  chooseWhole,
  piecesMinor,
  piecesOf,
  type ReturnableLine,
  type ReturnChoice,
  type ReturnRefusal,
  returnableLines,
} from './choose-returns';
export {
  type Basket,
  type BasketLine,
  CATEGORIES,
  type Category,
  isPayableByCard,
  type LocalText,
  MAX_QUANTITY,
  type Merchant,
  type MerchantKind,
  ORDER_TRANSITIONS,
  type Order,
  type OrderId,
  type OrderLine,
  type OrderLineId,
  type OrderStanding,
  type OrderState,
  orderNumberGroups,
  type Product,
  type ProductId,
  type ProductKind,
  returnableUntil,
  type ShopRefusal,
  standingOf,
  textIn,
  type UserId,
} from './model';
export { type PlaceOrder, type PlaceOrderRefusal, placeOrder } from './place-order';
export {
  basketChangeSchema,
  basketItemSchema,
  basketOrderSchema,
  directOrderSchema,
  type Intent,
  intentSchema,
  RETURN_REASONS,
  refundRequestSchema,
  type ShopQuery,
  SORTS,
  type Sort,
  shopQuerySchema,
} from './schemas';
export { seedShop } from './seed-shop';
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
