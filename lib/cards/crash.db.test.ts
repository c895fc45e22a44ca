import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import {
  aroundEveryWrite,
  FAILINGS,
  type MortalProcess,
  openMortalProcess,
} from '@/lib/database/testing/mortal-process';
import { audit } from '@/lib/ledger';
import { bindCard } from './bind-card';
import { freezeCard } from './freeze-card';
import { importCards } from './import-cards';
import { type CardContext, drawCards, issueCards } from './issue-cards';
import { batchIdOf, formatIssueList } from './issue-list';
import { generateNumber } from './number';
import { generatePassword } from './password';
import { addShopper, cardContext, issueTestCards } from './testing';

let test: TestDatabase;
let mortal: MortalProcess;
let context: CardContext;

beforeAll(async () => {
  test = await openTestDatabase();
  mortal = await openMortalProcess(test);
  context = await cardContext(test.db);
});
afterAll(async () => {
  const { differences } = await audit(test.db);
  await mortal.close();
  await test.close();
  expect(differences).toEqual([]);
});

const failing = (): CardContext => ({ ...context, db: mortal.db });

async function oneCard() {
  const [card] = await issueTestCards(context, { count: 1 });
  if (!card) throw new Error('one card was issued');
  return card;
}

describe.each(FAILINGS)('a process that %s a write', (how) => {
  it('while it binds a card: trying again finds it bound to the same person, once', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => ({ card: await oneCard(), userId: await addShopper(test.db) }),
      act: ({ card, userId }) => bindCard(failing(), { ...card, userId, network: userId, device: userId }),
      after: async ({ card, userId }) => {
        const again = await bindCard(context, { ...card, userId, network: userId, device: userId });
        expect(again.ok || again.refusal.code === 'already_yours').toBe(true);
        const row = await test.db.card.findUniqueOrThrow({ where: { id: card.id } });
        expect(row.holderId).toBe(userId);
        expect(await test.db.cardEvent.count({ where: { cardId: card.id, kind: 'bound' } })).toBe(1);
      },
    });
    expect(failures).toBeGreaterThan(2);
  });

  it('while it freezes a card: the card is frozen once, with its reason, or as before', async () => {
    const actor = { id: 'usr_support', role: 'support' };
    const failures = await aroundEveryWrite(mortal, how, {
      scene: oneCard,
      act: (card) => freezeCard(failing(), { cardId: card.id, actor, reason: '挂失' }),
      after: async (card) => {
        const again = await freezeCard(context, { cardId: card.id, actor, reason: '挂失' });
        expect(again.ok || again.refusal.code === 'not_possible_in_state').toBe(true);
        expect(await test.db.card.findUniqueOrThrow({ where: { id: card.id } })).toMatchObject({
          state: 'frozen',
          frozenReason: '挂失',
        });
        expect(await test.db.cardEvent.count({ where: { cardId: card.id, kind: 'frozen' } })).toBe(1);
        expect(await test.db.auditEvent.count({ where: { subjectId: card.id } })).toBe(1);
      },
    });
    expect(failures).toBeGreaterThan(1);
  });

  it('while it issues cards: the same list again issues each once, with its value', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const list = await drawCards(context, { programmeId: 'fuyun', faceMinor: 10_000n, count: 3 });
        if (!list.ok) throw new Error(list.refusal.code);
        return { list: list.value, id: batchIdOf(formatIssueList(list.value)) };
      },
      act: ({ list, id }) => issueCards(failing(), list, { id }),
      after: async ({ list, id }) => {
        const report = await issueCards(context, list, { id });
        expect(report).toMatchObject({ ok: true, value: { taken: [] } });
        const cards = await test.db.card.findMany({ where: { batchId: id }, include: { account: true } });
        expect(cards.map(({ account }) => account.creditsPosted)).toEqual([10_000n, 10_000n, 10_000n]);
      },
    });
    expect(failures).toBeGreaterThan(3);
  });

  it('while it takes cards over: all of them or none', async () => {
    await aroundEveryWrite(mortal, how, {
      scene: async () => fileOf([1, 2, 3].map(() => generateNumber('9101'))),
      act: (file) => importCards(failing(), file),
      after: async (file) => {
        const before = await test.db.card.count({ where: { batch: { origin: 'import' } } });
        const again = await importCards(context, file);
        const after = await test.db.card.count({ where: { batch: { origin: 'import' } } });
        expect(after - before).toBe(again.ok ? 3 : 0);
        if (!again.ok) expect(again.refusal).toMatchObject({ code: 'lines_refused' });
        expect(after % 3).toBe(0);
      },
    });
  });
});

function fileOf(numbers: readonly string[]): string {
  const lines = numbers.map((number) => `${number},${generatePassword()},8800,2029-11-30`);
  return ['number,password,balanceMinor,expiresAt', ...lines].join('\n');
}
