import type { Page } from '@playwright/test';
import type { Viewer, World } from './world';

/** One look at one page in one state. */
export interface Visit {
  readonly name: string;
  /** The file below app/ that draws it, without its ending. */
  readonly file: string;
  readonly as: Viewer;
  readonly path: (world: World) => string;
  /** The status of the answer; 200 unless said. */
  readonly status?: number;
  /** Arranges what the page may load; before it is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** Brings the opened page into its state, in either language. */
  readonly act?: (page: Page) => Promise<void>;
  /** The title begins with the words for "error"; with a `summary`, that has focus. */
  readonly error?: 'summary' | 'notice';
  /** It has no header, and so no skip link. */
  readonly bare?: true;
}

const submit = (page: Page) => page.locator('main form').last().locator('[type=submit]').last().click();
const untilSummary = (page: Page) => page.locator('main [role=alert]').waitFor();

const visitor: readonly Visit[] = [
  { name: 'home', file: 'page', as: 'visitor', path: () => '/' },
  { name: 'help', file: 'help/page', as: 'visitor', path: () => '/help' },
  {
    name: 'help, opened',
    file: 'help/page',
    as: 'visitor',
    path: () => '/help',
    act: (page) => page.locator('summary').first().click(),
  },
  { name: 'shop', file: '(shop)/shop/page', as: 'visitor', path: () => '/shop' },
  {
    name: 'shop, one department by price',
    file: '(shop)/shop/page',
    as: 'visitor',
    path: () => '/shop?category=virtual&sort=price-up',
  },
  { name: 'shop, second page', file: '(shop)/shop/page', as: 'visitor', path: () => '/shop?page=2' },
  { name: 'shop, nothing found', file: '(shop)/shop/page', as: 'visitor', path: () => '/shop?q=zzzz&card=1' },
  { name: 'product', file: '(shop)/shop/[slug]/page', as: 'visitor', path: () => '/shop/celadon-mug' },
  {
    name: 'product, put into the basket',
    file: '(shop)/shop/[slug]/page',
    as: 'owner',
    path: () => '/shop/celadon-mug?added=1',
  },
  {
    name: 'product that no card pays',
    file: '(shop)/shop/[slug]/page',
    as: 'visitor',
    path: () => '/shop/gold-bar-5g',
  },
  { name: 'sign in', file: '(identity)/sign-in/page', as: 'visitor', path: () => '/sign-in' },
  {
    name: 'sign in, refused',
    file: '(identity)/sign-in/page',
    as: 'visitor',
    path: () => '/sign-in?next=/cards',
    act: async (page) => {
      await submit(page);
      await untilSummary(page);
    },
    error: 'summary',
  },
  { name: 'sign up', file: '(identity)/sign-up/page', as: 'visitor', path: () => '/sign-up' },
  {
    name: 'sign up, refused',
    file: '(identity)/sign-up/page',
    as: 'visitor',
    path: () => '/sign-up',
    act: async (page) => {
      await page.locator('#login').fill('nobody');
      await submit(page);
      await untilSummary(page);
    },
    error: 'summary',
  },
  { name: 'no such page', file: 'not-found', as: 'visitor', path: () => '/no-such-page', status: 404 },
  { name: 'admin for a stranger', file: 'not-found', as: 'owner', path: () => '/admin', status: 404 },
];

const wallet: readonly Visit[] = [
  { name: 'home, signed in', file: 'page', as: 'owner', path: () => '/' },
  { name: 'wallet', file: '(wallet)/cards/page', as: 'owner', path: () => '/cards' },
  {
    name: 'wallet, by balance',
    file: '(wallet)/cards/page',
    as: 'owner',
    path: () => '/cards?order=balance',
  },
  { name: 'wallet, empty', file: '(wallet)/cards/page', as: 'newcomer', path: () => '/cards' },
  {
    name: 'card',
    file: '(wallet)/cards/[id]/page',
    as: 'owner',
    path: ({ cards }) => `/cards/${cards.rich}`,
  },
  {
    name: 'card, older lines',
    file: '(wallet)/cards/[id]/page',
    as: 'owner',
    path: ({ cards }) => `/cards/${cards.rich}?before=8`,
  },
  ...(['frozen', 'soon', 'expired', 'usedUp'] as const).map(
    (state): Visit => ({
      name: `card, ${state}`,
      file: '(wallet)/cards/[id]/page',
      as: 'owner',
      path: ({ cards }) => `/cards/${cards[state]}`,
    }),
  ),
  { name: 'bind', file: '(wallet)/cards/bind/page', as: 'newcomer', path: () => '/cards/bind' },
  {
    name: 'bind, refused',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    act: async (page) => {
      await submit(page);
      await untilSummary(page);
    },
    error: 'summary',
  },
  {
    name: 'bind, with digits',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    act: async (page) => {
      // It appears with the form's script, which the next button needs too.
      await page.locator('#password ~ button').waitFor();
      await page.locator('#captcha > button').click();
      await page.locator('#captcha img').waitFor();
    },
  },
  {
    name: 'bound',
    file: '(wallet)/cards/bind/[id]/page',
    as: 'owner',
    path: ({ cards }) => `/cards/bind/${cards.rich}`,
  },
  {
    name: 'bound before',
    file: '(wallet)/cards/bind/[id]/page',
    as: 'owner',
    path: ({ cards }) => `/cards/bind/${cards.rich}?again=1`,
  },
];

const account: readonly Visit[] = [
  { name: 'account', file: '(identity)/account/page', as: 'owner', path: () => '/account' },
  { name: 'name', file: '(identity)/account/name/page', as: 'owner', path: () => '/account/name' },
  {
    name: 'password',
    file: '(identity)/account/password/page',
    as: 'owner',
    path: () => '/account/password',
  },
  {
    name: 'password, refused',
    file: '(identity)/account/password/page',
    as: 'owner',
    path: () => '/account/password',
    act: async (page) => {
      await submit(page);
      await untilSummary(page);
    },
    error: 'summary',
  },
  { name: 'devices', file: '(identity)/account/sessions/page', as: 'owner', path: () => '/account/sessions' },
  {
    name: 'devices, only this one',
    file: '(identity)/account/sessions/page',
    as: 'newcomer',
    path: () => '/account/sessions',
  },
];

const shop: readonly Visit[] = [
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
    act: async (page) => {
      await submit(page);
      await untilSummary(page);
    },
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

const checkout: readonly Visit[] = [
  {
    name: 'checkout',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
  },
  {
    name: 'checkout, own split',
    file: '(shop)/checkout/[orderId]/page',
    as: 'owner',
    path: ({ orders }) => `/checkout/${orders.open}`,
    act: (page) => page.locator('main summary').first().click(),
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

const admin: readonly Visit[] = [
  { name: 'desk', file: 'admin/page', as: 'support', path: () => '/admin' },
  { name: 'desk, found', file: 'admin/page', as: 'support', path: ({ lastFour }) => `/admin?q=${lastFour}` },
  { name: 'desk, nothing found', file: 'admin/page', as: 'support', path: () => '/admin?q=000000000000' },
  {
    name: 'holder',
    file: 'admin/holders/[id]/page',
    as: 'support',
    path: ({ owner }) => `/admin/holders/${owner.id}`,
  },
  {
    name: 'holder without anything',
    file: 'admin/holders/[id]/page',
    as: 'support',
    path: ({ newcomer }) => `/admin/holders/${newcomer.id}`,
  },
  {
    name: 'card case',
    file: 'admin/cards/[id]/page',
    as: 'support',
    path: ({ cards }) => `/admin/cards/${cards.rich}`,
  },
  {
    name: 'card case, about to freeze',
    file: 'admin/cards/[id]/page',
    as: 'support',
    path: ({ cards }) => `/admin/cards/${cards.rich}`,
    act: async (page) => {
      await page.locator('main button[aria-haspopup=dialog]').first().click();
      await page.locator('dialog[open]').waitFor();
    },
  },
  {
    name: 'card case, frozen',
    file: 'admin/cards/[id]/page',
    as: 'support',
    path: ({ cards }) => `/admin/cards/${cards.frozen}`,
  },
  {
    name: 'order case',
    file: 'admin/orders/[id]/page',
    as: 'support',
    path: ({ orders }) => `/admin/orders/${orders.paid}`,
  },
  { name: 'audit', file: 'admin/audit/page', as: 'supervisor', path: () => '/admin/audit' },
  {
    name: 'audit, nothing',
    file: 'admin/audit/page',
    as: 'supervisor',
    path: () => '/admin/audit?subject=crd_00000000000000000000000000',
  },
];

export const VISITS: readonly Visit[] = [...visitor, ...wallet, ...account, ...shop, ...checkout, ...admin];
