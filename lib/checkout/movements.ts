import { invariant } from '@/lib/kernel';
import { type AccountRef, houseAccount, type Transfer } from '@/lib/ledger';
import type { Payment, Tender } from './model';

/**
 * The ledger side of a payment. Every transfer's id is made of its tender's id and what it does, so that a phase
 * that is repeated after a crash posts nothing twice.
 */

/** A card's amount per merchant, held until the payment ends. */
export function holdTransfers(payment: Payment, timeoutAt: Date): Transfer[] {
  return cardTenders(payment).flatMap((tender) =>
    perMerchant(tender).map(({ merchant, amountMinor }) => ({
      type: 'hold' as const,
      id: holdId(tender, merchant),
      movement: 'spend' as const,
      debit: cardAccount(tender),
      credit: merchant,
      amountMinor,
      reference: payment.id,
      timeoutAt,
    })),
  );
}

/** What each card pays per merchant, at once. */
export function spendTransfers(payment: Payment): Transfer[] {
  return cardTenders(payment).flatMap((tender) =>
    perMerchant(tender).map(({ merchant, amountMinor }) => ({
      type: 'post' as const,
      id: `${tender.id}:spend:${merchant.id}`,
      movement: 'spend' as const,
      debit: cardAccount(tender),
      credit: merchant,
      amountMinor,
      reference: payment.id,
    })),
  );
}

/** All holds captured, and what the other method paid credited to the merchants. */
export function settleTransfers(payment: Payment): Transfer[] {
  const captures = cardTenders(payment).flatMap((tender) =>
    perMerchant(tender).map(({ merchant }) => ({
      type: 'capture' as const,
      id: `${tender.id}:capture:${merchant.id}`,
      holdId: holdId(tender, merchant),
      reference: payment.id,
    })),
  );
  const collected = externalTenders(payment).flatMap((tender) =>
    perMerchant(tender).map(({ merchant, amountMinor }) => ({
      type: 'post' as const,
      id: `${tender.id}:collect:${merchant.id}`,
      movement: 'collect' as const,
      debit: receivable(payment, tender),
      credit: merchant,
      amountMinor,
      reference: payment.id,
    })),
  );
  return [...captures, ...collected];
}

export function releaseTransfers(payment: Payment): Transfer[] {
  return cardTenders(payment).flatMap((tender) =>
    perMerchant(tender).map(({ merchant }) => ({
      type: 'release' as const,
      id: `${tender.id}:release:${merchant.id}`,
      holdId: holdId(tender, merchant),
      reference: payment.id,
    })),
  );
}

export function receivable(payment: Payment, tender: Tender): AccountRef {
  invariant(tender.gateway, 'an external tender names its gateway');
  return houseAccount('gatewayReceivable', payment.currency, tender.gateway);
}

export function cardAccount(tender: Tender): AccountRef {
  invariant(tender.accountId, 'a card tender has the account of its card');
  return { id: tender.accountId, kind: 'card' };
}

export function merchantAccount(id: string): AccountRef {
  return { id, kind: 'merchantPayable' };
}

export function cardTenders(payment: Payment): Tender[] {
  return payment.tenders.filter((tender) => tender.kind === 'card');
}

export function externalTenders(payment: Payment): Tender[] {
  return payment.tenders.filter((tender) => tender.kind === 'external');
}

function holdId(tender: Tender, merchant: AccountRef): string {
  return `${tender.id}:hold:${merchant.id}`;
}

function perMerchant(tender: Tender): { merchant: AccountRef; amountMinor: bigint }[] {
  const amounts = new Map<string, bigint>();
  for (const line of tender.lines) {
    amounts.set(line.merchantAccountId, (amounts.get(line.merchantAccountId) ?? 0n) + line.amountMinor);
  }
  return [...amounts].map(([id, amountMinor]) => ({ merchant: merchantAccount(id), amountMinor }));
}
