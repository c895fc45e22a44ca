import { expect } from 'vitest';
import { balancesOf, heldOf, usableOf } from '@/lib/ledger';
import type { LivesReal } from './action';
import { type Freeze, type GiftLife, hasEnded, type Life, type Lives, LOST } from './life';
import { countedAs, isDocumented, type Machine, type Transition } from './transitions';

/** The part of a card's model that the database must agree with. */
interface CardSnapshot
  extends Pick<
    Life,
    'holder' | 'expiresMs' | 'availableMinor' | 'heldMinor' | 'dormantMinor' | 'limitMinor' | 'archived'
  > {
  readonly state: string;
  readonly freeze: Freeze | null;
  readonly requests: readonly { id: string; kind: string; state: string; before: Freeze | null }[];
  readonly gift: { id: string; opened: boolean; state: string; claimedBy: GiftLife['claimedBy'] } | null;
}

/**
 * Reads every card of the run, expects it to be as the model says, and counts the transitions that `by` has caused. A
 * transition that is not in `TRANSITIONS` fails.
 */
export async function expectAsModelled(real: LivesReal, lives: Lives, by: string): Promise<void> {
  const snapshots = await snapshotsOf(real, lives);
  for (const life of lives.cards) {
    const snapshot = modelledOf(life);
    expect(snapshots.get(life.id), `${life.id} after ${by}`).toEqual(snapshot);
    see(real, { machine: 'card', id: life.id, state: cardState(snapshot), by });
    see(real, { machine: 'value', id: life.id, state: valueState(snapshot, lives.nowMs), by });
    for (const { id, state } of snapshot.requests) see(real, { machine: 'request', id, state, by });
    const { gift } = snapshot;
    if (!gift) continue;
    const state = gift.state === 'sent' && gift.opened ? 'opened' : gift.state;
    see(real, { machine: 'gift', id: gift.id, state, by });
  }
}

function see(
  { seen, tally }: LivesReal,
  now: { readonly machine: Machine; readonly id: string; readonly state: string; readonly by: string },
): void {
  const { machine, id, state, by } = now;
  const key = `${machine} ${id}`;
  const before = seen.get(key) ?? '[*]';
  if (before === state) return;
  seen.set(key, state);
  const transition: Transition = [before, state, by];
  const counted = countedAs(machine, transition);
  expect(isDocumented(counted), `is in TRANSITIONS: ${counted}`).toBe(true);
  tally.see(counted);
}

function cardState({ state, freeze, holder }: CardSnapshot): string {
  if (state === 'active') return holder === null ? 'unbound' : 'active';
  if (freeze === null || state !== 'frozen') return state;
  if (freeze.reason === LOST) return 'lost';
  return freeze.by === 'holder' ? 'frozen' : 'stopped';
}

function valueState(snapshot: CardSnapshot, nowMs: number): string {
  // The validity of a card that was never activated has not begun.
  if (snapshot.state === 'issued' || !hasEnded(snapshot, nowMs)) return 'good';
  if (snapshot.availableMinor + snapshot.heldMinor > 0n) return 'ended';
  return snapshot.dormantMinor > 0n ? 'dormant' : 'empty';
}

function modelledOf(life: Life): CardSnapshot {
  const { state, freeze, holder, expiresMs, availableMinor, heldMinor, dormantMinor } = life;
  const { limitMinor, archived, requests, gift } = life;
  return {
    ...{ state, freeze, holder, expiresMs, availableMinor, heldMinor, dormantMinor, limitMinor, archived },
    requests: requests
      .map(({ id, kind, state: at, before }) => ({ id, kind, state: at, before }))
      .toSorted(byId),
    gift: gift && { id: gift.id, opened: gift.opened, state: gift.state, claimedBy: gift.claimedBy },
  };
}

async function snapshotsOf({ context }: LivesReal, lives: Lives): Promise<Map<string, unknown>> {
  const { db } = context();
  const cardId = { in: lives.cards.map(({ id }) => id) };
  const [rows, balances, settings, requests, gifts] = await Promise.all([
    db.card.findMany({ where: { id: cardId } }),
    balancesOf(
      db,
      lives.cards.map(({ accountId }) => accountId),
    ),
    db.cardSetting.findMany({ where: { cardId } }),
    db.cardRequest.findMany({ where: { cardId } }),
    db.gift.findMany({ where: { cardId } }),
  ]);
  return new Map(
    rows.map((row) => {
      const balance = balances.get(row.accountId);
      const setting = settings.find((each) => each.cardId === row.id);
      const gift = gifts.find((each) => each.cardId === row.id);
      return [
        row.id,
        {
          state: row.state,
          freeze: row.frozenBy === null ? null : { by: row.frozenBy, reason: row.frozenReason },
          holder: row.holderId,
          expiresMs: row.expiresAt?.getTime() ?? null,
          availableMinor: balance && usableOf(balance),
          heldMinor: balance && heldOf(balance),
          dormantMinor: row.dormantMinor,
          limitMinor: setting?.dayLimitMinor ?? null,
          archived: setting?.archivedAt != null,
          requests: requests
            .filter((each) => each.cardId === row.id)
            .map(({ id, kind, state, evidence }) => ({ id, kind, state, before: besideOf(evidence) }))
            .toSorted(byId),
          gift: gift
            ? { id: gift.id, opened: gift.openedAt !== null, state: gift.state, claimedBy: gift.claimedById }
            : null,
        },
      ];
    }),
  );
}

function besideOf(evidence: string | null): Freeze | null {
  return JSON.parse(evidence ?? '{}').frozenBefore ?? null;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
