import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '@/lib/database';
import { migrate } from '@/lib/database/migrations/migrate';
import { audit, houseAccount, openAccounts, openHouseAccounts, post } from '@/lib/ledger';
import { pause } from './chance';
import { openStandbyPair } from './standby-host';

test('no acknowledged movement is lost when the primary dies and the synchronous standby takes over, twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kabao-standby-'));
  const pair = await openStandbyPair(folder);
  const db = openDatabase(pair.url);
  try {
    await migrate(pair.url);
    const now = new Date();
    await openHouseAccounts(db, { currency: 'CNY', gateways: ['alipay'], now });
    await openAccounts(db, [{ id: 'card', kind: 'card', currency: 'CNY', now }]);
    const acknowledged = new Set<string>();
    let open = true;
    const issue = async (worker: number) => {
      for (let turn = 1; open; turn += 1) {
        const id = `${worker}-${turn}`;
        const transfer = {
          type: 'post',
          id,
          movement: 'issue',
          debit: houseAccount('custodyCash', 'CNY'),
          credit: { id: 'card', kind: 'card' },
          amountMinor: 1n,
          reference: 'standby',
        } as const;
        // Repeated with its id until there is an answer, as everybody does who got none.
        while (open && !acknowledged.has(id)) {
          const result = await post(db, [transfer], now).catch(() => null);
          if (result) expect(result).toMatchObject({ ok: true });
          if (result?.ok) acknowledged.add(id);
          else await pause(20);
        }
      }
    };
    const workers = [1, 2, 3, 4].map(issue);
    for (let failover = 1; failover <= 2; failover += 1) {
      const before = acknowledged.size;
      while (acknowledged.size < before + 50) await pause(20);
      await pair.crash?.();
    }
    const last = acknowledged.size;
    while (acknowledged.size < last + 20) await pause(20);
    open = false;
    await Promise.all(workers);
    const stored = await db.transfer.findMany({ where: { reference: 'standby' }, select: { id: true } });
    const ids = new Set(stored.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    expect(await audit(db)).toMatchObject({ ok: true });
  } finally {
    await db.$disconnect();
    await pair.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
