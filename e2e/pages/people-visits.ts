import { sendInVain, type Visit } from './visit';

export const VISITOR: readonly Visit[] = [
  { name: 'home', file: 'page', as: 'visitor', path: () => '/' },
  {
    name: 'display settings',
    file: 'page',
    as: 'visitor',
    path: () => '/',
    act: (page) => page.locator('[popovertarget=display-settings]').click(),
    overlay: '#display-settings',
  },
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
    act: sendInVain,
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
      await sendInVain(page);
    },
    error: 'summary',
  },
  { name: 'no such page', file: 'not-found', as: 'visitor', path: () => '/no-such-page', status: 404 },
  { name: 'admin for a stranger', file: 'not-found', as: 'owner', path: () => '/admin', status: 404 },
  { name: 'audit for support', file: 'not-found', as: 'support', path: () => '/admin/audit', status: 404 },
  { name: 'no such product', file: 'not-found', as: 'visitor', path: () => '/shop/no-such', status: 404 },
  {
    name: 'no such card',
    file: 'not-found',
    as: 'newcomer',
    path: ({ cards }) => `/cards/${cards.rich}`,
    status: 404,
  },
];

export const ACCOUNT: readonly Visit[] = [
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
    act: sendInVain,
    error: 'summary',
  },
  { name: 'devices', file: '(identity)/account/sessions/page', as: 'owner', path: () => '/account/sessions' },
  {
    name: 'devices, only this one',
    file: '(identity)/account/sessions/page',
    as: 'newcomer',
    path: () => '/account/sessions',
  },
  { name: 'messages', file: 'inbox/page', as: 'owner', path: () => '/inbox' },
  { name: 'messages, none', file: 'inbox/page', as: 'newcomer', path: () => '/inbox' },
  {
    name: 'notification settings',
    file: '(identity)/account/notifications/page',
    as: 'owner',
    path: () => '/account/notifications',
  },
  {
    name: 'notification settings, saved',
    file: '(identity)/account/notifications/page',
    as: 'newcomer',
    path: () => '/account/notifications?saved=1',
  },
  { name: 'outbox of the demo', file: 'sandbox/outbox/page', as: 'visitor', path: () => '/sandbox/outbox' },
  {
    name: 'outbox of the demo, an empty page of it',
    file: 'sandbox/outbox/page',
    as: 'visitor',
    path: () => '/sandbox/outbox?channel=sms&page=1',
  },
];
