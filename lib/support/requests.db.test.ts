import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestExtension } from '@/lib/cards';
import { openRequestId, openRequestsWorld, type RequestsWorld } from '@/lib/cards/requests/testing';
import { transaction } from '@/lib/database';
import { DAY_MS, HOUR_MS, newId, plusMs } from '@/lib/kernel';
import { keepIdentity } from '@/lib/sales/identity';
import { SOMEBODY } from '@/lib/sales/testing';
import { type Agent, decideRequest, reportLossFor, viewRequest, viewRequests } from './index';
import { decisionSchema } from './schemas';

let world: RequestsWorld;
const [mei, bo]: [Agent, Agent] = [
  { id: newId('usr'), role: 'support' },
  { id: newId('usr'), role: 'supervisor' },
];

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

async function lostCard() {
  const card = await world.addCard();
  const report = { actor: mei, cardId: card.id, reason: '来电说卡丢了' };
  expect(await reportLossFor(world.context(), report)).toMatchObject({ ok: true });
  return { card, requestId: await openRequestId(world, card) };
}

const decide = (actor: Agent, fields: Record<string, string>) =>
  decideRequest(world.context(), {
    actor,
    fields: decisionSchema.parse({ decision: 'approve', answer: '身份已核对', ...fields }),
  });

function keepOnFile() {
  const { db, now, keys } = world.context();
  return transaction(db, (tx) =>
    keepIdentity(tx, keys, { userId: world.shop.userId, identity: SOMEBODY, now }),
  );
}

test('a lost card is replaced for a caller whose name and document are those on file, and for nobody else', async () => {
  await keepOnFile();
  const { card, requestId } = await lostCard();
  const { name, number: document } = SOMEBODY;
  expect(await decide(mei, { requestId })).toMatchObject({ refusal: { code: 'identity_missing' } });
  expect(await decide(mei, { requestId, name: '林大满', document })).toMatchObject({
    refusal: { code: 'identity_differs' },
  });
  const shopper: Agent = { id: world.shop.userId, role: 'shopper' };
  expect(await decide(shopper, { requestId, name, document })).toMatchObject({
    refusal: { code: 'request_not_found' },
  });
  // A supervisor who has seen a document does not overrule what is on file.
  expect(await decide(bo, { requestId, seen: 'on' })).toMatchObject({
    refusal: { code: 'identity_differs' },
  });
  expect(await decide(mei, { requestId, name, document })).toMatchObject({ ok: true });
  expect(await world.row(card)).toMatchObject({ state: 'active' });
  expect(await decide(mei, { requestId, name, document })).toMatchObject({
    refusal: { code: 'already_decided' },
  });
});

test('where nothing is on file a supervisor vouches, and support cannot', async () => {
  const { requestId } = await lostCard();
  const { name, number: document } = SOMEBODY;
  expect(await decide(mei, { requestId, name, document })).toMatchObject({
    refusal: { code: 'identity_unknown' },
  });
  expect(await decide(mei, { requestId, seen: 'on' })).toMatchObject({
    refusal: { code: 'identity_missing' },
  });
  expect(await decide(bo, { requestId, seen: 'on' })).toMatchObject({ ok: true });
});

test('a document’s number cannot be found out by asking', async () => {
  await keepOnFile();
  const { requestId } = await lostCard();
  const codes: string[] = [];
  for (let guess = 0; guess < 8; guess += 1) {
    const result = await decide(mei, { requestId, name: SOMEBODY.name, document: '11010119900307775X' });
    if (!result.ok) codes.push(result.refusal.code);
    world.shop.advance(2 * 60_000);
  }
  expect(codes.slice(0, 3)).toEqual(Array(3).fill('identity_differs'));
  expect(codes.at(-1)).toBe('too_many_checks');
  world.shop.advance(2 * HOUR_MS);
  const right = { requestId, name: SOMEBODY.name, document: SOMEBODY.number };
  expect(await decide(mei, right)).toMatchObject({ ok: true });
});

test('the desk lists what is overdue first, and writes every look down; to others there is none', async () => {
  const late = await world.addCard({ programmeId: 'fuyun' });
  const wish = { actor: world.holder, statement: '请延期', evidence: '' };
  await requestExtension(world.context(), { ...wish, cardId: late.id });
  world.shop.advance(9 * DAY_MS);
  const { card, requestId } = await lostCard();
  const filter = { open: true, kind: null, page: 1 };
  const list = await viewRequests(world.context(), { actor: mei, filter });
  expect(list?.lines.map(({ card: { id }, overdue }) => [id, overdue])).toEqual([
    [late.id, true],
    [card.id, false],
  ]);
  expect(list?.waiting).toEqual({ open: 2, overdue: 1 });
  const losses = await viewRequests(world.context(), { actor: mei, filter: { ...filter, kind: 'loss' } });
  expect(losses?.lines.map(({ id }) => id)).toEqual([requestId]);
  const seen = await viewRequest(world.context(), { actor: mei, id: requestId });
  expect(seen).toMatchObject({ identity: null, own: false, overdue: false, card: { card: { id: card.id } } });
  const shopper: Agent = { id: world.shop.userId, role: 'shopper' };
  expect(await viewRequests(world.context(), { actor: shopper, filter })).toBeNull();
  expect(await viewRequest(world.context(), { actor: shopper, id: requestId })).toBeNull();
  expect(await viewRequest(world.context(), { actor: mei, id: 'req_00000000000000000000000000' })).toBeNull();
  const looks = await world.context().db.auditEvent.findMany({
    where: { actorId: mei.id, action: { endsWith: '.viewed' } },
    orderBy: { id: 'asc' },
  });
  expect(looks.map(({ action }) => action)).toEqual([
    'requests.viewed',
    'requests.viewed',
    'request.viewed',
    'card.viewed',
  ]);
});

test('an extension is granted until a day that the policy allows', async () => {
  const card = await world.addCard({ programmeId: 'fuyun', expiresAt: plusMs(world.context().now, DAY_MS) });
  const wish = { actor: world.holder, statement: '请延期', evidence: '' };
  await requestExtension(world.context(), { ...wish, cardId: card.id });
  const requestId = await openRequestId(world, card);
  const later = plusMs(world.context().now, 200 * DAY_MS)
    .toISOString()
    .slice(0, 10);
  expect(await decide(mei, { requestId })).toMatchObject({ refusal: { code: 'last_day_missing' } });
  expect(await decide(mei, { requestId, lastDay: '2099-01-01' })).toMatchObject({
    refusal: { code: 'extension_above_limit' },
  });
  expect(await decide(mei, { requestId, lastDay: later })).toMatchObject({ ok: true });
});
