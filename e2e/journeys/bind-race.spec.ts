import { capture } from '../access/capture';
import { expect, signUpSomebody, takeCard, test, tryCard } from '../demo';
import { rows } from '../records';

test('of two accounts that bind one card at the same moment one gets it, and the other is told', async ({
  page,
  demo,
  browser,
}) => {
  const other = await browser.newPage({ baseURL: demo.url, locale: 'zh-CN' });
  await signUpSomebody(page);
  await signUpSomebody(other);
  for (let round = 0; round < 3; round += 1) {
    const card = takeCard(demo, 'fifty');
    const requests = [];
    for (const tab of [page, other]) {
      await tab.goto('/cards/bind');
      requests.push({ tab, sent: await capture(tab, 'bindAction', () => tryCard(tab, card)) });
    }
    const answers = await Promise.all(
      requests.map(async ({ tab, sent: { address, headers, body } }) => {
        const response = await tab.request.post(address, { headers, data: body });
        return { tab, leadsTo: response.headers()['x-action-redirect'], text: await response.text() };
      }),
    );
    const won = answers.filter(({ leadsTo }) => leadsTo?.startsWith('/cards/bind/crd_'));
    expect(won).toHaveLength(1);
    for (const { text } of answers.filter((answer) => !won.includes(answer))) {
      expect(text).toContain('这张卡已被其他账户绑定');
    }
    const cardId = /crd_\w+/.exec(won[0]?.leadsTo ?? '')?.[0] ?? '';
    const { user } = await (await (won[0]?.tab ?? page).request.get('/api/auth/session')).json();
    expect(await rows(demo, `SELECT "holderId" FROM "Card" WHERE "id" = $1`, cardId)).toEqual([
      { holderId: user.id },
    ]);
    const bound = `SELECT "actorId" FROM "CardEvent" WHERE "cardId" = $1 AND "kind" = 'bound'`;
    expect(await rows(demo, bound, cardId)).toEqual([{ actorId: user.id }]);
  }
});
