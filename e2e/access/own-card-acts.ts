import type { Act } from './acts';

/** What a holder does with the own card. */
export const OWN_CARD_ACTS: Record<string, Act> = {
  freezeOwnCardAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.limited}`);
      await owner.getByRole('button', { name: '冻结这张卡' }).click();
    },
  },
  unfreezeOwnCardAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.mine}`);
      await owner.getByRole('button', { name: '解冻这张卡' }).click();
    },
  },
  archiveCardAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.mine}`);
      await owner.getByRole('button', { name: '归档' }).click();
    },
  },
  setDayLimitAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.limited}/limit`);
      await owner.getByLabel('一天最多付').fill('150');
      await owner.getByRole('button', { name: '保存' }).click();
    },
  },
  closeCardAction: {
    by: 'owner',
    stranger: 'nothing',
    press: async ({ owner, own }) => {
      await owner.goto(`/cards/${own.services.lapsed}/close`);
      await owner.getByRole('button', { name: '确认注销' }).click();
    },
  },
};
