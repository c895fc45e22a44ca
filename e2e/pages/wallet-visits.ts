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
    act: sendInVain,
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
