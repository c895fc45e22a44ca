import { afterEach, beforeEach, expect, test } from 'vitest';
import { transaction } from '@/lib/database';
import { freezeCard } from '../freeze-card';
import { unfreezeCard } from '../unfreeze-card';
import { refuseRequest } from './refuse-request';
import { reissueCard } from './reissue-card';
import { reportLoss } from './report-loss';
import { openRequestId, openRequestsWorld, type RequestsWorld } from './testing';
import { withdrawRequest } from './withdraw-request';

let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

/** Who comes second may find nothing left to do; neither fails. */
const ANSWERED = { status: 'fulfilled' };

test.each(['refused', 'decided', 'taken back'])(
  'a freeze laid beside a loss and a report that is %s do not wait for each other',
  async (how) => {
    const card = await lostCard();
    const requestId = await openRequestId(world, card);
    const freeze = { cardId: card.id, actor: world.support, reason: '盗刷嫌疑' };
    const ends = await meetingAt(
      { cardId: card.id, requestId },
      () => end(how, requestId),
      () => freezeCard(world.context(), freeze),
    );
    expect(ends).toMatchObject([ANSWERED, ANSWERED]);
    expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenBy: 'issuer' });
  },
);

test('a freeze lifted from beside a loss and its decision do not wait for each other', async () => {
  const card = await lostCard();
  const act = { cardId: card.id, actor: world.support, reason: '盗刷嫌疑' };
  expect(await freezeCard(world.context(), act)).toMatchObject({ ok: true });
  const requestId = await openRequestId(world, card);
  const ends = await meetingAt(
    { cardId: card.id, requestId },
    () => end('decided', requestId),
    () => unfreezeCard(world.context(), act),
  );
  expect(ends).toMatchObject([ANSWERED, ANSWERED]);
  expect(await world.row(card)).toMatchObject({ state: 'active', frozenBy: null });
});

test('a freeze that PostgreSQL gives up for a deadlock is made all the same', async () => {
  const { db } = world.shop.test;
  const card = await lostCard();
  const requestId = await openRequestId(world, card);
  let frozen: Promise<unknown> | undefined;
  // As a call that commits several units does: it has the card from one of them, and another wants the request.
  await transaction(db, async (tx) => {
    await tx.$executeRawUnsafe(`SET LOCAL deadlock_timeout = '1min'`);
    await tx.card.update({ where: { id: card.id }, data: { nickname: '地铁上丢的' } });
    frozen = freezeCard(world.context(), { cardId: card.id, actor: world.support, reason: '盗刷嫌疑' });
    frozen.catch(() => undefined);
    await until(1, `wait_event_type = 'Lock'`);
    await tx.cardRequest.update({ where: { id: requestId }, data: { answer: null } });
  });
  expect(await frozen).toMatchObject({ ok: true });
});

async function lostCard() {
  const card = await world.addCard();
  const { holder } = world;
  const report = { cardId: card.id, holderId: holder.id, actor: holder, statement: '钱包在地铁上丢了' };
  expect(await reportLoss(world.context(), report)).toMatchObject({ ok: true });
  return card;
}

function end(how: string, requestId: string): Promise<unknown> {
  const decision = { requestId, actor: world.support, answer: '已核实' };
  if (how === 'refused') return refuseRequest(world.context(), decision);
  if (how === 'decided') return reissueCard(world.context(), decision);
  return withdrawRequest(world.context(), { requestId, actor: world.holder, proven: true });
}

/**
 * Lets a decision and a freeze meet so that each has what the other wants, if they take card and request in different
 * orders: both rows are held; the decision waits, then the freeze; the card is let go, then the request.
 */
async function meetingAt(
  { cardId, requestId }: { readonly cardId: string; readonly requestId: string },
  decide: () => Promise<unknown>,
  freeze: () => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>[]> {
  const { db } = world.shop.test;
  const begun: Promise<unknown>[] = [];
  const begin = async (work: () => Promise<unknown>) => {
    begun.push(work());
    begun.at(-1)?.catch(() => undefined);
    await until(begun.length, `wait_event_type = 'Lock'`);
  };
  await transaction(db, async (holdsRequest) => {
    await holdsRequest.cardRequest.update({ where: { id: requestId }, data: { answer: null } });
    await transaction(db, async (holdsCard) => {
      await holdsCard.card.update({ where: { id: cardId }, data: { nickname: '地铁上丢的' } });
      await begin(decide);
      await begin(freeze);
    });
    await until(1, `wait_event_type = 'Lock' AND wait_event = 'tuple'`);
  });
  return Promise.allSettled(begun);
}

async function until(count: number, state: string): Promise<void> {
  const query = `SELECT 1 AS "one" FROM pg_stat_activity WHERE ${state} AND datname = current_database()`;
  while ((await world.shop.test.db.$queryRawUnsafe<unknown[]>(query)).length < count);
}
