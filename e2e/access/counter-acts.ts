import type { Page } from '@playwright/test';
import type { Act } from './acts';
import type { Owner } from './owner';

/** What is done at the card counter and at its desk. */
export const COUNTER_ACTS: Record<string, Act> = {
  placePurchaseAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/buy/fuyun/review?face=10000&quantity=1&purpose=self');
      await owner.getByRole('button', { name: /^去付款/ }).click();
    },
  },
  withdrawPurchaseAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/purchases/${own.bought}`);
      await owner.getByText('退卡退款', { exact: true }).click();
      await owner.getByRole('button', { name: '确认退卡' }).click();
    },
    ended: async ({ owner, own }) => {
      await owner.goto(`/purchases/${own.bought}`);
      await owner.getByText('钱已退回您的付款方式。').waitFor({ timeout: 45_000 });
    },
  },
  askRefundAgainAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto('/admin/shipments');
      const row = support.getByRole('row').filter({ hasText: own.refused.slice(-6) });
      await row.getByRole('button', { name: '再申请退款' }).click();
      await support.getByRole('button', { name: '确认申请' }).click();
    },
  },
  moveShipmentAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto('/admin/shipments');
      await parcelOf(support, own).getByRole('button', { name: '开始制卡' }).click();
    },
  },
  invoiceIssuedAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto('/admin/shipments');
      const row = support.getByRole('row').filter({ hasText: own.person.login });
      await row.getByLabel('发票号码').fill('A-0001');
      await row.getByRole('button', { name: '标记已开' }).click();
    },
  },
  correctInvoiceAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support }) => {
      await support.goto('/admin/shipments?number=A-0001');
      await support.getByRole('link', { name: 'A-0001' }).click();
      await support.getByLabel('正确的号码').fill('A-0002');
      await support.getByLabel('更正原因').fill('抄错一位');
      await support.getByRole('button', { name: '更正号码' }).click();
    },
  },
  showAddressAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto('/admin/shipments');
      await parcelOf(support, own).getByRole('button', { name: '显示完整地址' }).click();
    },
  },
  showIdentityAction: {
    by: 'supervisor',
    stranger: 'nothing',
    press: async ({ supervisor, own }) => {
      await supervisor.goto('/admin/shipments');
      const row = parcelOf(supervisor, own);
      await row.getByText('查看证件').click();
      await row.getByLabel('查看原因').fill('核对购卡人实名');
      await row.getByRole('button', { name: '显示', exact: true }).click();
    },
  },
  invoiceReversedAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ owner, support, own }) => {
      await owner.goto(`/purchases/${own.parcel}`);
      await owner.getByText('退卡退款', { exact: true }).click();
      await owner.getByRole('button', { name: '确认退卡' }).click();
      await owner.getByText('钱已退回您的付款方式。').waitFor({ timeout: 45_000 });
      await support.goto('/admin/shipments');
      const row = support.getByRole('row').filter({ hasText: own.person.login });
      await row.getByLabel('红字发票号码').fill('B-0001');
      await row.getByRole('button', { name: '标记已红冲' }).click();
    },
  },
};

/** The row of the owner's parcel at the counter's desk. */
function parcelOf(page: Page, { parcel }: Owner) {
  return page.getByRole('row').filter({ hasText: parcel.slice(-6) });
}
