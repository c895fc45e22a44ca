import { sendInVain, type Visit } from './visit';

const review = '(sales)/buy/[programme]/review/page';
const purchase = '(sales)/purchases/[id]/page';

export const SALES: readonly Visit[] = [
  { name: 'counter', file: '(sales)/buy/page', as: 'visitor', path: () => '/buy' },
  {
    name: 'counter, any value',
    file: '(sales)/buy/[programme]/page',
    as: 'visitor',
    path: () => '/buy/fuyun?face=free&amount=88',
  },
  {
    name: 'counter, plastic, with a value that is not offered',
    file: '(sales)/buy/[programme]/page',
    as: 'visitor',
    path: () => '/buy/zhenxiang?problem=1',
  },
  { name: 'review', file: review, as: 'owner', path: () => '/buy/fuyun/review?face=10000&quantity=50' },
  {
    name: 'review, gift',
    file: review,
    as: 'owner',
    path: () => '/buy/fuyun/review?face=10000&purpose=gift',
  },
  {
    name: 'review, by post, refused',
    file: review,
    as: 'newcomer',
    path: () => '/buy/zhenxiang/review?face=10000&purpose=ship',
    act: sendInVain,
    error: 'summary',
  },
  { name: 'purchases', file: '(sales)/purchases/page', as: 'owner', path: () => '/purchases' },
  { name: 'purchases, none', file: '(sales)/purchases/page', as: 'newcomer', path: () => '/purchases' },
  ...(['open', 'issued', 'some', 'parcel', 'reversed'] as const).map(
    (state): Visit => ({
      name: `purchase, ${state}`,
      file: purchase,
      as: 'owner',
      path: ({ purchases }) => `/purchases/${purchases[state]}`,
    }),
  ),
  { name: 'parcels', file: 'admin/shipments/page', as: 'supervisor', path: () => '/admin/shipments' },
  {
    name: 'parcels, an invoice noted already',
    file: 'admin/shipments/page',
    as: 'support',
    path: () => '/admin/shipments?refused=other_number&number=26332000000001234567',
  },
  {
    name: 'invoice to correct, refused',
    file: 'admin/shipments/invoices/[id]/page',
    as: 'supervisor',
    path: ({ purchases }) => `/admin/shipments/invoices/${purchases.invoice}`,
    act: sendInVain,
    error: 'summary',
  },
];
