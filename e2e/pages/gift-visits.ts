import { sendInVain, type Visit } from './visit';

const redeem = '(gifts)/g/[token]/page';

export const GIFTS: readonly Visit[] = [
  { name: 'gift, closed', file: redeem, as: 'visitor', path: ({ links }) => `/g/${links.closed}` },
  { name: 'gift, opened', file: redeem, as: 'visitor', path: ({ links }) => `/g/${links.opened}` },
  {
    name: 'gift, opened by a shopper',
    file: redeem,
    as: 'newcomer',
    path: ({ links }) => `/g/${links.opened}`,
  },
  { name: 'gift that asks', file: redeem, as: 'newcomer', path: ({ links }) => `/g/${links.asking}` },
  {
    name: 'gift that asks, refused',
    file: redeem,
    as: 'newcomer',
    path: ({ links }) => `/g/${links.asking}`,
    act: sendInVain,
    error: 'summary',
  },
  { name: 'gift, gone', file: redeem, as: 'visitor', path: ({ links }) => `/g/${links.claimed}` },
  { name: 'gift, one’s own', file: redeem, as: 'owner', path: ({ links }) => `/g/${links.claimed}` },
  {
    name: 'gift, dead link',
    file: '(gifts)/g/[token]/not-found',
    as: 'visitor',
    path: () => '/g/nothing',
    status: 404,
  },
  {
    name: 'gift, after signing in',
    file: '(gifts)/gifts/claim/page',
    as: 'newcomer',
    path: () => '/gifts/claim',
    before: (page, { links }) =>
      page
        .context()
        .addCookies([{ name: 'kabao_gift', value: links.opened, domain: 'localhost', path: '/' }]),
  },
  { name: 'gifts', file: '(gifts)/gifts/page', as: 'owner', path: () => '/gifts' },
  { name: 'gifts, received', file: '(gifts)/gifts/page', as: 'owner', path: () => '/gifts?view=received' },
  { name: 'gifts, none', file: '(gifts)/gifts/page', as: 'newcomer', path: () => '/gifts' },
  ...(['shared', 'scheduled', 'claimed'] as const).map(
    (state): Visit => ({
      name: `gift on its way, ${state}`,
      file: '(gifts)/gifts/[id]/page',
      as: 'owner',
      path: ({ gifts: all }) => `/gifts/${all[state]}`,
    }),
  ),
  {
    name: 'gift, another recipient',
    file: '(gifts)/gifts/[id]/recipient/page',
    as: 'owner',
    path: ({ gifts: all }) => `/gifts/${all.shared}/recipient`,
  },
];
