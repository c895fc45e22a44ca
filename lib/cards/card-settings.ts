import {
  commitUnit,
  type Database,
  type GuardedUpdate,
  instantTexts,
  type Row,
  type Tx,
  type UnitTable,
} from '@/lib/database';
import { type Id, invariant } from '@/lib/kernel';
import type { Card } from './model';

/** What its holder has set for a card. */
export interface CardSettings {
  /** The most that it pays in a day of the issuer's zone, minor units; null = no limit. */
  readonly dayLimitMinor: bigint | null;
  /** Since when it is out of the wallet's first view; null = it is not. */
  readonly archivedAt: Date | null;
  /** Goes up with every payment that was weighed against the limit and with every change of it. */
  readonly version: number;
}

const NOTHING_SET: CardSettings = { dayLimitMinor: null, archivedAt: null, version: 0 };

/** The settings of those cards for which something is set. */
export async function settingsOf(
  client: Database | Tx,
  cardIds: readonly string[],
): Promise<Map<string, CardSettings>> {
  const rows = await client.cardSetting.findMany({ where: { cardId: { in: [...cardIds] } } });
  return new Map(rows.map(({ cardId, ...settings }) => [cardId, settings]));
}

export type SettingChange = { readonly dayLimitMinor: bigint | null } | { readonly archivedAt: Date | null };

/**
 * Changes a setting of a card that is still this holder's, with the rows that belong to the change. False when card or
 * settings are no longer as they were read: read them and judge anew.
 */
export async function changeSetting(
  db: Database,
  card: Pick<Card, 'id' | 'holderId' | 'state'>,
  {
    before,
    change,
    inserts = [],
  }: {
    readonly before: CardSettings | undefined;
    readonly change: SettingChange;
    readonly inserts?: readonly { readonly table: UnitTable; readonly rows: Row[] }[];
  },
): Promise<boolean> {
  const guard: GuardedUpdate = {
    table: 'Card',
    key: { id: card.id },
    expect: { holderId: card.holderId, state: card.state },
    set: {},
  };
  const { archivedAt, ...rest } = { ...NOTHING_SET, ...before, ...change };
  const row = { ...rest, version: rest.version + 1, archivedAt: archivedAt?.toISOString() ?? null };
  const outcome = await commitUnit(db, {
    updates: before ? [guard, updateOf(card.id, before, row)] : [guard],
    inserts: before ? inserts : [{ table: 'CardSetting', rows: [{ cardId: card.id, ...row }] }, ...inserts],
  });
  if (outcome.outcome === 'committed') return true;
  const { code } = outcome.outcome === 'refused' ? outcome.refusal : { code: outcome.outcome };
  invariant(code === 'row_changed' || code === 'duplicate', `a setting of ${card.id}: ${code}`);
  return false;
}

function updateOf(cardId: Id<'crd'>, before: CardSettings, row: Row): GuardedUpdate {
  const { dayLimitMinor, archivedAt, version } = before;
  const expect = { dayLimitMinor, version, archivedAt: archivedAt && instantTexts(archivedAt) };
  return { table: 'CardSetting', key: { cardId }, expect, set: row };
}
