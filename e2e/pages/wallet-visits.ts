import type { Page } from '@playwright/test';
import { sendInVain, type Visit } from './visit';

export const WALLET: readonly Visit[] = [
  { name: 'home, signed in', file: 'page', as: 'owner', path: () => '/' },
  { name: 'wallet', file: '(wallet)/cards/page', as: 'owner', path: () => '/cards' },
  {
    name: 'wallet, by balance',
    file: '(wallet)/cards/page',
    as: 'owner',
    path: () => '/cards?order=balance',
  },
  {
    name: 'wallet, those of a kind together',
    file: '(wallet)/cards/page',
    as: 'owner',
    path: () => '/cards?order=merged',
    act: async (page) => page.locator('main details summary').first().click(),
  },
  { name: 'archived', file: '(wallet)/cards/archived/page', as: 'owner', path: () => '/cards/archived' },
  {
    name: 'archived, none',
    file: '(wallet)/cards/archived/page',
    as: 'newcomer',
    path: () => '/cards/archived',
  },
  ...(['mine', 'limited', 'archived', 'lapsed', 'ended'] as const).map(
    (state): Visit => ({
      name: `card of one's own, ${state}`,
      file: '(wallet)/cards/[id]/page',
      as: 'owner',
      path: ({ services }) => `/cards/${services[state]}?done=limit`,
    }),
  ),
  {
    name: 'limit',
    file: '(wallet)/cards/[id]/limit/page',
    as: 'owner',
    path: ({ services }) => `/cards/${services.limited}/limit`,
  },
  {
    name: 'first limit, refused',
    file: '(wallet)/cards/[id]/limit/page',
    as: 'owner',
    path: ({ cards }) => `/cards/${cards.rich}/limit`,
    act: sendInVain,
    error: 'summary',
  },
  {
    name: 'close',
    file: '(wallet)/cards/[id]/close/page',
    as: 'owner',
    path: ({ services }) => `/cards/${services.lapsed}/close`,
  },
  ...(['rich', 'frozen'] as const).map(
    (state): Visit => ({
      name: `close, not now: ${state}`,
      file: '(wallet)/cards/[id]/close/page',
      as: 'owner',
      path: ({ cards }) => `/cards/${cards[state]}/close`,
    }),
  ),
  {
    name: 'close, not now: dormant',
    file: '(wallet)/cards/[id]/close/page',
    as: 'owner',
    path: ({ services }) => `/cards/${services.ended}/close`,
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
  {
    name: 'bind',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'normal',
  },
  {
    name: 'bind, refused',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'normal',
    act: sendInVain,
    error: 'summary',
  },
  {
    name: 'bind, with digits',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'normal',
    act: askForDigits,
  },
  {
    name: 'bind, one by one',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'simple',
  },
  {
    name: 'bind, one by one, the number refused',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'simple',
    act: async (page) => {
      await page.locator('#number').fill('12');
      await page.locator('[data-step="1"] > button').click();
      await page.locator('#number-error').waitFor();
    },
  },
  {
    name: 'bind, one by one, with digits',
    file: '(wallet)/cards/bind/page',
    as: 'newcomer',
    path: () => '/cards/bind',
    mode: 'simple',
    act: async (page) => {
      await page.locator('#step-3').check();
      await askForDigits(page);
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

async function askForDigits(page: Page): Promise<void> {
  // It appears with the form's script, which the next button needs too.
  await page.locator('#password ~ button').waitFor({ state: 'attached' });
  await page.locator('#captcha > button').click();
  await page.locator('#captcha img').waitFor();
}
