import { expect } from 'vitest';
import type { Tx } from '@/lib/database';
import type { TestDatabase } from '@/lib/database/testing';
import { type AccountKind, audit, balancesOf, commit, openAccounts, post } from '@/lib/ledger';
import type { Harness, Tally } from '../campaign';
import type { LedgerModel } from './campaign';
import { type Answer, ReferenceLedger, type ReferenceUnit, responseOf } from './reference';

const now = new Date('2026-11-23T02:00:00.000Z');

export interface LedgerReal {
  readonly test: TestDatabase;
  readonly tally: Tally;
  /** An id within this run. The hint `new` gives a new one each time; any other hint always gives the same one. */
  readonly newId: (hint: string) => string;
  readonly send: (unit: ReferenceUnit, client?: Tx) => Promise<Answer>;
  /** Compares every balance of the run with the model. */
  readonly compare: (model: LedgerModel) => Promise<void>;
}

export async function openLedgerHarness(
  test: TestDatabase,
  tally: Tally,
): Promise<Harness<LedgerModel, LedgerReal>> {
  let run = 0;
  return {
    begin: async () => {
      run += 1;
      const ledger = new ReferenceLedger();
      await openRun(test, ledger, `r${run}`);
      return { model: { ledger }, real: realOf(test, tally, `r${run}`) };
    },
    finish: async ({ model, real }) => {
      await real.compare(model);
      expect((await audit(test.db)).differences).toEqual([]);
    },
    close: () => test.close(),
  };
}

const ACCOUNTS: readonly (readonly [string, AccountKind, 'CNY' | 'USD'])[] = [
  ['cash', 'custodyCash', 'CNY'],
  ['card-a', 'card', 'CNY'],
  ['card-b', 'card', 'CNY'],
  ['card-c', 'card', 'CNY'],
  ['card-usd', 'card', 'USD'],
  ['merchant-a', 'merchantPayable', 'CNY'],
  ['merchant-b', 'merchantPayable', 'CNY'],
  ['merchant-usd', 'merchantPayable', 'USD'],
  ['gateway', 'gatewayReceivable', 'CNY'],
  ['dormant', 'dormant', 'CNY'],
];

async function openRun(test: TestDatabase, ledger: ReferenceLedger, run: string): Promise<void> {
  const accounts = ACCOUNTS.map(([name, kind, currency]) => ({ id: `${run}:${name}`, kind, currency, now }));
  await openAccounts(test.db, accounts);
  for (const { id, kind, currency } of accounts) ledger.open({ id, kind }, currency);
  const cash = { id: `${run}:cash`, kind: 'custodyCash' as const };
  const merchant = { id: `${run}:merchant-a`, kind: 'merchantPayable' as const };
  const cards = accounts.filter(({ kind, currency }) => kind === 'card' && currency === 'CNY');
  for (const { id } of cards) {
    const card = { id, kind: 'card' as const };
    const base = { reference: 'ref-0', timeoutAt: now };
    const value = { type: 'post', id: `${id}:issue`, movement: 'issue', debit: cash, credit: card } as const;
    const hold = {
      type: 'hold',
      id: `${id}:hold`,
      movement: 'spend',
      debit: card,
      credit: merchant,
    } as const;
    for (const transfer of [
      { ...value, ...base, amountMinor: 10_000n },
      { ...hold, ...base, amountMinor: 500n },
    ]) {
      expect(await post(test.db, [transfer], now)).toEqual({ ok: true, value: undefined });
      expect(ledger.commit({ transfers: [transfer] })).toBe('posted');
    }
  }
}

function realOf(test: TestDatabase, tally: Tally, run: string): LedgerReal {
  let ids = 0;
  return {
    test,
    tally,
    newId: (hint) => {
      if (hint !== 'new') return `${run}:${hint}`;
      ids += 1;
      return `${run}:t${ids}`;
    },
    send: async (unit, client) => {
      const answer = answerOf(await commit(client ?? test.db, unitRow(unit), now));
      tally.see(answer.split(' ')[0] ?? answer);
      return answer;
    },
    compare: async ({ ledger }) => {
      const stored = await balancesOf(test.db, [...ledger.accounts.keys()]);
      for (const [id, { kind: _, currency: __, id: ___, ...balance }] of ledger.accounts) {
        expect(stored.get(id), id).toEqual(balance);
      }
    },
  };
}

function answerOf(result: Awaited<ReturnType<typeof commit>>): Answer {
  if (result.ok) return result.value.replayed ? `replayed ${result.value.response}` : 'posted';
  const { refusal } = result;
  switch (refusal.code) {
    case 'row_changed':
    case 'idempotency_key_reused':
    case 'duplicate':
      return refusal.code;
    // The ledger promises to name the overdrawn account, but not which of several linked transfers overdrew it.
    case 'insufficient_funds':
      return `insufficient_funds of ${refusal.accountId}`;
    default:
      return `${refusal.code} ${refusal.transferId}`;
  }
}

function unitRow(unit: ReferenceUnit): Parameters<typeof commit>[1] {
  const { key, guard, note } = unit;
  return {
    transfers: unit.transfers,
    ...(key
      ? { idempotency: { scope: 'model', ...key, response: responseOf(key), createdAt: now.toISOString() } }
      : {}),
    ...(guard
      ? {
          updates: [
            {
              table: 'Account' as const,
              key: { id: guard.accountId },
              expect: { currency: guard.currency },
              set: {},
            },
          ],
        }
      : {}),
    ...(note === undefined
      ? {}
      : { inserts: [{ table: 'OutboxMessage' as const, rows: [messageRow(note)] }] }),
  };
}

function messageRow(id: string) {
  const at = now.toISOString();
  const unsent = { leasedBy: null, leasedUntil: null, deliveredAt: null, parkedAt: null, lastError: null };
  return { id, topic: 'model', payload: '{}', createdAt: at, availableAt: at, attempts: 0, ...unsent };
}
