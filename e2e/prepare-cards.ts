import { activateBatch, type CardContext, cardKeys, drawCards, freezeCard, issueCards } from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { DAY_MS, invariant, newId } from '../lib/kernel';

/** What a card is like when a journey takes it; `count` of each are made. */
const KINDS = {
  fifty: { programme: 'fuyun', faceMinor: 5_000n, count: 90 },
  thousand: { programme: 'fuyun', faceMinor: 100_000n, count: 24 },
  named: { programme: 'zhenxiang', faceMinor: 20_000n, count: 4, activated: true },
  frozen: { programme: 'fuyun', faceMinor: 5_000n, count: 2, frozen: true },
  expired: { programme: 'zengka', faceMinor: 5_000n, count: 2, daysAgo: 400 },
  not_activated: { programme: 'zhenxiang', faceMinor: 10_000n, count: 2 },
} as const satisfies Record<string, Kind>;

interface Kind {
  programme: string;
  faceMinor: bigint;
  count: number;
  frozen?: true;
  activated?: true;
  daysAgo?: number;
}

type Secrets = { number: string; password: string }[];

/** Cards for the journeys, beside the demo's own, by kind. Each journey takes cards of its own, so that no two of them meet on one. */
export async function prepareCards(): Promise<Record<string, Secrets>> {
  const made: Record<string, Secrets> = {};
  for (const [name, kind] of Object.entries(KINDS)) made[name] = await make(kind);
  return made;
}

async function make({ programme, faceMinor, count, frozen, activated, daysAgo = 0 }: Kind): Promise<Secrets> {
  const db = database();
  const now = new Date(Date.now() - daysAgo * DAY_MS);
  const context: CardContext = { db, now, keys: cardKeys(), zone: env().issuerZone };
  const drawn = await drawCards(context, { programmeId: programme, count, faceMinor });
  invariant(drawn.ok, `${programme} offers this face value`);
  const batchId = newId('btc');
  const issued = await issueCards(context, drawn.value, { id: batchId });
  invariant(issued.ok, 'the cards are issued');
  if (activated) await activateBatch(context, batchId);
  if (frozen) {
    for (const { id } of await db.card.findMany({ where: { batchId }, select: { id: true } })) {
      const actor = { id: newId('usr'), role: 'support' };
      const outcome = await freezeCard({ db, now }, { cardId: id, actor, reason: 'journey' });
      invariant(outcome.ok, 'an active card can be frozen');
    }
  }
  return drawn.value.cards.map(({ number, password }) => ({ number, password }));
}
