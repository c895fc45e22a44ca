import { sendInVain, type Visit } from './visit';

const loss = '(wallet)/cards/[id]/loss/page';
const extension = '(wallet)/cards/[id]/extension/page';
const exchange = '(wallet)/cards/[id]/exchange/page';
const one = 'admin/requests/[id]/page';

/** What is asked of the issuer for a card, by its holder and at the desk. */
export const SERVICES: readonly Visit[] = [
  { name: 'loss', file: loss, as: 'owner', path: ({ services }) => `/cards/${services.named}/loss` },
  {
    name: 'loss, refused',
    file: loss,
    as: 'owner',
    path: ({ services }) => `/cards/${services.named}/loss`,
    act: sendInVain,
    error: 'summary',
  },
  {
    name: 'loss, reported',
    file: loss,
    as: 'owner',
    path: ({ services }) => `/cards/${services.lost}/loss?done=1`,
  },
  { name: 'loss, not replaced', file: loss, as: 'owner', path: ({ cards }) => `/cards/${cards.rich}/loss` },
  {
    name: 'card, reported lost',
    file: '(wallet)/cards/[id]/page',
    as: 'owner',
    path: ({ services }) => `/cards/${services.lost}`,
  },
  {
    name: 'card, with a new number to look at',
    file: '(wallet)/cards/[id]/page',
    as: 'owner',
    path: ({ services }) => `/cards/${services.renewed}`,
  },
  {
    name: 'extension',
    file: extension,
    as: 'owner',
    path: ({ services }) => `/cards/${services.ending}/extension`,
  },
  {
    name: 'extension, refused',
    file: extension,
    as: 'owner',
    path: ({ services }) => `/cards/${services.ending}/extension`,
    act: sendInVain,
    error: 'summary',
  },
  {
    name: 'extension, asked',
    file: extension,
    as: 'owner',
    path: ({ services }) => `/cards/${services.asked}/extension?done=1`,
  },
  {
    name: 'extension, not needed',
    file: extension,
    as: 'owner',
    path: ({ services }) => `/cards/${services.named}/extension`,
  },
  {
    name: 'exchange, at once',
    file: exchange,
    as: 'owner',
    path: ({ services }) => `/cards/${services.ended}/exchange`,
  },
  {
    name: 'exchange, asked',
    file: exchange,
    as: 'owner',
    path: ({ services }) => `/cards/${services.given}/exchange`,
  },
  {
    name: 'exchange, not yet',
    file: exchange,
    as: 'owner',
    path: ({ services }) => `/cards/${services.ending}/exchange`,
  },
  { name: 'requests', file: 'admin/requests/page', as: 'support', path: () => '/admin/requests' },
  {
    name: 'requests, decided, none of a kind',
    file: 'admin/requests/page',
    as: 'supervisor',
    path: () => '/admin/requests?state=decided&kind=extension',
  },
  {
    name: 'request, a loss',
    file: one,
    as: 'supervisor',
    path: ({ services }) => `/admin/requests/${services.lossId}`,
  },
  {
    name: 'request, an extension',
    file: one,
    as: 'support',
    path: ({ services }) => `/admin/requests/${services.extensionId}`,
  },
  {
    name: 'request, refused',
    file: one,
    as: 'support',
    path: ({ services }) => `/admin/requests/${services.extensionId}`,
    act: sendInVain,
    error: 'summary',
  },
];
