import type { Act } from './acts';

/** What is asked for a card, and decided at the desk. */
export const SERVICE_ACTS: Record<string, Act> = {
  reportLossAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.named}/loss`);
      await owner.getByLabel('怎么丢的').fill('昨天在公交车上丢了');
      await owner.getByRole('button', { name: '挂失，马上冻结' }).click();
    },
  },
  withdrawRequestAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.lost}/loss`);
      await owner.getByLabel('登录密码', { exact: true }).fill(own.person.password);
      await owner.getByRole('button', { name: '卡找到了，撤销挂失' }).click();
    },
  },
  requestExtensionAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.ending}/extension`);
      await owner.getByLabel('为什么要延期').fill('最近出差，来不及用');
      await owner.getByRole('button', { name: '提交申请' }).click();
    },
  },
  exchangeCardAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.ended}/exchange`);
      await owner.getByLabel('备注').fill('没注意到过期');
      await owner.getByRole('button', { name: '换一张新卡' }).click();
    },
  },
  takeNewSecretsAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.renewed}`);
      await owner.getByRole('button', { name: '显示新卡号和密码' }).click();
    },
  },
  reportLossForAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto(`/admin/cards/${own.services.called}`);
      await support.getByRole('button', { name: '代持卡人挂失…' }).click();
      await support.getByLabel('怎么丢的').fill('来电说卡丢在餐馆');
      await support.getByRole('button', { name: '确认挂失' }).click();
    },
  },
  decideRequestAction: {
    by: 'support',
    stranger: 'nothing',
    press: async ({ support, own }) => {
      await support.goto(`/admin/requests/${own.services.extensionId}`);
      await support.getByLabel('给持卡人的答复').fill('同意延期，请尽快使用');
      await support.getByRole('button', { name: '提交结果' }).click();
    },
  },
};
