import type { Visit } from './visit';

export const DESK: readonly Visit[] = [
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
    bare: true,
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
