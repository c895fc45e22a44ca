import { sendInVain, type Visit } from './visit';

export const SHOP: readonly Visit[] = [
  { name: 'basket', file: '(shop)/basket/page', as: 'owner', path: () => '/basket' },
  {
    name: 'basket, changed meanwhile',
    file: '(shop)/basket/page',
    as: 'owner',
    path: () => '/basket?problem=changed',
  },
  {
    name: 'basket, emptied',
    file: '(shop)/basket/page',
    as: 'newcomer',
    path: ({ mug }) => `/basket?removed=${mug}&quantity=2`,
  },
  { name: 'orders', file: '(shop)/orders/page', as: 'owner', path: () => '/orders' },
  { name: 'orders, none', file: '(shop)/orders/page', as: 'newcomer', path: () => '/orders' },
  ...(['open', 'paid', 'partly', 'pending', 'cancelled', 'lapsed', 'unpaid'] as const).map(
    (state): Visit => ({
      name: `order, ${state}`,
      file: '(shop)/orders/[id]/page',
      as: 'owner',
      path: ({ orders }) => `/orders/${orders[state]}`,
    }),
  ),
  {
    name: 'order, asked to cancel',
    file: '(shop)/orders/[id]/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.open}?problem=payment_under_way`,
    act: (page) => page.locator('main summary').filter({ visible: true }).first().click(),
  },
  {
    name: 'order, just refunded',
    file: '(shop)/orders/[id]/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.partly}?refunded=1`,
  },
  {
    name: 'a page that failed',
    file: 'error',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.broken}`,
    status: 500,
  },
  {
    name: 'refund',
    file: '(shop)/orders/[id]/refund/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.paid}/refund`,
  },
  {
    name: 'refund, nothing chosen',
    file: '(shop)/orders/[id]/refund/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.paid}/refund`,
    act: sendInVain,
    error: 'summary',
  },
  {
    name: 'refund, review',
    file: '(shop)/orders/[id]/refund/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.paid}/refund?from=whole`,
  },
  {
    name: 'refund, nothing left',
    file: '(shop)/orders/[id]/refund/page',
    as: 'owner',
    path: ({ orders }) => `/orders/${orders.gold}/refund`,
  },
];

export const CHECKOUT: readonly Visit[] = [
  {
    name: 'checkout',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
    mode: 'normal',
  },
  {
    name: 'checkout, own split',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
    mode: 'normal',
    act: (page) => page.locator('main summary').first().click(),
  },
  {
    name: 'checkout, asking one thing',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
    mode: 'simple',
  },
  {
    name: 'checkout, all that can be looked into',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
    mode: 'simple',
    act: async (page) => {
      await page.locator('main summary').first().click();
      await page.locator('main details details > summary').first().click();
    },
  },
  {
    name: 'checkout, the split changed',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}?problem=split_changed`,
    error: 'notice',
  },
  {
    name: 'checkout, too late',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.lapsed}`,
  },
  {
    name: 'on the way to the cashier',
    file: '(shop)/checkout/[orderId]/cashier/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.pending}/cashier`,
    // The page sends itself on at once; an answer without content leaves the browser where it is.
    before: (page) => page.route('**/sandbox/alipay/gateway**', (route) => route.fulfill({ status: 204 })),
  },
  ...(['paid', 'usedUp', 'pending', 'unpaid', 'cancelling', 'late'] as const).map(
    (state): Visit => ({
      name: `result, ${state}`,
      file: '(shop)/checkout/[orderId]/result/page',
      as: 'owner',
      path: ({ orders }) => `/checkout/${orders[state]}/result`,
    }),
  ),
  {
    name: 'gateway, to be paid',
    file: 'sandbox/alipay/cashier/[id]/page',
    bare: true,
    as: 'owner',
    path: ({ cashiers }) => `/sandbox/alipay/cashier/${cashiers.waiting}`,
    act: (page) => page.locator('summary').click(),
  },
  {
    name: 'gateway, paid',
    file: 'sandbox/alipay/cashier/[id]/page',
    bare: true,
    as: 'owner',
    path: ({ cashiers }) => `/sandbox/alipay/cashier/${cashiers.paid}`,
  },
  {
    name: 'gateway, refused',
    file: 'sandbox/alipay/refused/page',
    bare: true,
    as: 'owner',
    path: () => '/sandbox/alipay/refused?code=ACQ.TRADE_HAS_CLOSE',
  },
];
