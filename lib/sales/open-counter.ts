import { type Database, transaction } from '@/lib/database';
import { newId } from '@/lib/kernel';
import { openAccounts } from '@/lib/ledger';
import { CARD_COUNTER } from './model';

/** Opens the card counter (售卡处) as a merchant with a payable account, if there is none yet. Safe to repeat. */
export async function openCardCounter({ db, now }: { db: Database; now: Date }): Promise<void> {
  await transaction(db, async (tx) => {
    const known = await tx.merchant.findUnique({ where: { id: CARD_COUNTER.id } });
    if (known) return;
    const accountId = newId('acc');
    await openAccounts(tx, [{ id: accountId, kind: 'merchantPayable', currency: 'CNY', now }]);
    await tx.merchant.create({
      data: { ...CARD_COUNTER, nameZh: '卡包售卡处', nameEn: 'Kabao Card Counter', accountId },
    });
  });
}
