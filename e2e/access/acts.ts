import type { Page } from '@playwright/test';
import type { CardSecret } from '../demo';
import type { Answer } from './answers';
import { COUNTER_ACTS } from './counter-acts';
import { OWN_CARD_ACTS } from './own-card-acts';
import type { Owner } from './owner';
import { SERVICE_ACTS } from './service-acts';

/** Whose pages the actions are pressed on. */
export interface Desk {
  readonly own: Owner;
  readonly owner: Page;
  readonly visitor: Page;
  readonly support: Page;
  readonly supervisor: Page;
  /** A card that nobody has bound. */
  readonly spare: CardSecret;
}

export type Staff = 'support' | 'supervisor';

export interface Act {
  readonly by: 'owner' | 'visitor' | Staff;
  /** Goes to the page and presses what sends the action. */
  readonly press: (desk: Desk) => Promise<unknown>;
  /**
   * What another shopper may do by it: `nothing`, as with ids that do not exist, or something with what is `theirs`: their
   * own basket, name, session. What is the owner's stays as it is either way.
   */
  readonly stranger: 'nothing' | 'theirs';
  /** How the test knows that it worked for its sender; by default something of the owner's has changed. */
  readonly worked?: (answer: Answer) => boolean;
  /** It carries a captcha, which passes once: its owner's. */
  readonly once?: true;
  /** Waits for what it only begins: the worker would go on with the owner's records while the next action is compared. */
  readonly ended?: (desk: Desk) => Promise<unknown>;
}

/** Every server action, in an order in which each can still be done after those before it. */
export const ACTS: Record<string, Act> = {
  addToBasketAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/shop/celadon-mug');
      await owner.getByRole('button', { name: '加入购物车' }).click();
    },
  },
  changeBasketAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/basket');
      await owner.getByRole('button', { name: '青釉手作马克杯，增加一件' }).click();
    },
  },
  checkOutBasketAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/basket');
      await owner.getByRole('button', { name: '去结算' }).filter({ visible: true }).click();
    },
  },
  buyNowAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/shop/celadon-mug');
      await owner.getByRole('button', { name: '立即购买' }).click();
    },
  },
  ...COUNTER_ACTS,
  ...SERVICE_ACTS,
  ...OWN_CARD_ACTS,
  cancelOrderAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/orders/${own.open}`);
      await owner.getByText('取消订单').first().click();
      await owner.getByRole('button', { name: '取消订单' }).click();
    },
  },
  requestRefundAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/orders/${own.paid}/refund?from=whole`);
      await owner.getByRole('button', { name: /^确认退款/ }).click();
    },
  },
  giveUpPayment: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/checkout/${own.paying}/result`);
      await owner.getByRole('button', { name: /^不付了/ }).click();
    },
  },
  bindAction: {
    by: 'owner',
    stranger: 'theirs',
    once: true,
    press: async ({ owner, spare }) => {
      await owner.goto('/cards/bind');
      await owner.getByLabel('卡号', { exact: true }).fill(spare.number);
      await owner.getByLabel('密码', { exact: true }).fill(spare.password);
      await owner.getByRole('button', { name: '绑定', exact: true }).click();
    },
  },
  openAction: {
    by: 'visitor',
    stranger: 'theirs',
    press: async ({ visitor, own }) => {
      await visitor.goto(own.gift.path);
      await visitor.getByRole('button', { name: '拆开礼物' }).click();
    },
  },
  enterAction: {
    by: 'visitor',
    stranger: 'theirs',
    press: async ({ visitor, own }) => {
      await visitor.goto(own.gift.path);
      await visitor.getByRole('button', { name: '注册新账户，收下' }).click();
    },
    worked: ({ leadsTo }) => leadsTo?.startsWith('/sign-up') ?? false,
  },
  claimAction: {
    by: 'owner',
    stranger: 'theirs',
    // Whoever has the link may claim, once: its owner here.
    once: true,
    press: async ({ owner, own }) => {
      await owner.goto(own.present.path);
      await owner.getByRole('button', { name: '拆开礼物' }).click();
      await owner.getByRole('button', { name: '收进我的卡包' }).click();
    },
  },
  resendAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/gifts/${own.gift.giftId}`);
      await owner.getByRole('button', { name: '再送一次' }).click();
    },
  },
  changeRecipientAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/gifts/${own.gift.giftId}/recipient`);
      await owner.getByLabel('对方称呼').fill('老张');
      await owner.getByLabel('对方的邮箱或手机号').fill('zhang@example.com');
      await owner.getByRole('button', { name: '改送给这一位' }).click();
    },
  },
  revokeAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/gifts/${own.gift.giftId}`);
      await owner.getByRole('button', { name: '收回礼物' }).click();
      await owner.getByRole('button', { name: '收回，放进我的卡包' }).click();
    },
  },
  changePreference: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/help');
      await owner.getByRole('banner').getByRole('button', { name: '长辈版' }).click();
    },
    worked: ({ status }) => status === 200,
  },
  changeNameAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/account/name');
      await owner.getByLabel('怎么称呼您').fill('小满');
      await owner.getByRole('button', { name: '保存' }).click();
    },
  },
  signInAction: {
    by: 'visitor',
    stranger: 'theirs',
    press: async ({ visitor, own }) => {
      await visitor.goto('/sign-in');
      await visitor.getByLabel('手机号或邮箱').fill(own.person.login);
      await visitor.getByLabel('密码', { exact: true }).fill(own.person.password);
      await visitor.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
    },
  },
  signUpAction: {
    by: 'visitor',
    stranger: 'theirs',
    press: async ({ visitor, own }) => {
      await visitor.goto('/sign-up');
      await visitor.getByLabel('手机号或邮箱').fill(`new-${own.user}@example.com`);
      await visitor.getByLabel('密码', { exact: true }).fill('songguo lanhai qiche');
      await visitor.getByRole('button', { name: '注册并登录' }).click();
    },
    worked: ({ leadsTo }) => leadsTo?.startsWith('/cards') ?? false,
  },
  searchAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto('/admin');
      await support.getByLabel('查找持卡人、卡或订单').fill(own.person.login);
      await support.getByRole('button', { name: '查找', exact: true }).click();
    },
    worked: ({ leadsTo }) => leadsTo?.includes('/holders/') ?? false,
  },
  showPhoneAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto(`/admin/holders/${own.user}`);
      await support.getByRole('button', { name: '显示完整手机号' }).click();
    },
  },
  freezeCardAction: {
    by: 'support',
    stranger: 'nothing',
    press: ({ support, own }) => actOnCard(support, own, '冻结'),
  },
  unfreezeCardAction: {
    by: 'support',
    stranger: 'nothing',
    press: ({ support, own }) => actOnCard(support, own, '解冻'),
  },
  revokeSessionAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner }) => {
      await owner.goto('/account/sessions');
      await owner
        .getByRole('button', { name: /^让 .* 退出登录$/ })
        .first()
        .click();
    },
  },
  revokeOtherSessionsAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/account/sessions');
      await owner.getByRole('button', { name: '让其他设备全部退出' }).click();
    },
  },
  markReadAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/inbox');
      await owner.getByRole('button', { name: '全部标为已读' }).click();
    },
  },
  saveNotificationsAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/account/notifications');
      await owner.getByRole('button', { name: '保存' }).click();
    },
  },
  changePasswordAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner, own }) => {
      await owner.goto('/account/password');
      await owner.getByLabel('现在的密码').fill(own.person.password);
      await owner.getByLabel('新密码').fill('denglong shuipao qiao');
      await owner.getByRole('main').getByRole('button', { name: '修改密码' }).click();
    },
  },
  signOutAction: {
    by: 'owner',
    stranger: 'theirs',
    press: async ({ owner }) => {
      await owner.goto('/account');
      await owner.getByRole('button', { name: '退出登录' }).click();
    },
  },
};

async function actOnCard(page: Page, { card }: Owner, what: '冻结' | '解冻') {
  await page.goto(`/admin/cards/${card}`);
  await page.getByRole('button', { name: `${what}这张卡` }).click();
  await page.getByLabel('理由').fill('持卡人来电要求');
  await page.getByRole('button', { name: `确认${what}` }).click();
}
