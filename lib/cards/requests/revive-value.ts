import { houseAccount, type Transfer } from '@/lib/ledger';
import type { RequestedCard } from './store';

/**
 * Brings what became dormant when the card ended back onto it. The unit that does guards `dormantMinor` as it was read:
 * an expiry at the same moment makes it fail, and nothing is left behind.
 */
export function reviveTransfers({ card, programme }: RequestedCard, requestId: string): Transfer[] {
  if (card.dormantMinor === 0n) return [];
  return [
    {
      type: 'post',
      id: `${requestId}:revive`,
      movement: 'revive',
      debit: houseAccount('dormant', programme.currency),
      credit: { id: card.accountId, kind: 'card' },
      amountMinor: card.dormantMinor,
      reference: requestId,
    },
  ];
}
