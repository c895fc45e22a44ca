import { invariant } from '@/lib/kernel';

/** The life of a refund and of each of its parts. Card parts succeed in the commit that records the refund. */
export const refundStates = {
  /** The gateway was or will be asked; asked again with the same number until it says. */
  PENDING: { publicName: 'refunding', terminal: false, next: ['SUCCEEDED', 'FAILED'] },
  SUCCEEDED: { publicName: 'refunded', terminal: true, next: [] },
  /** Refused by the gateway for good: the amount is refundable again, support sees it. */
  FAILED: { publicName: 'refund_failed', terminal: true, next: [] },
} as const satisfies Record<string, { publicName: string; terminal: boolean; next: readonly string[] }>;

export type RefundState = keyof typeof refundStates;

/** Narrows a stored value; throws for one that the table does not have. */
export function asRefundState(text: string): RefundState {
  invariant(Object.hasOwn(refundStates, text), `refund state ${text}`);
  return text as RefundState;
}
