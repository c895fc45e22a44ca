import { invariant } from '@/lib/kernel';

/** The life of one source of a payment's money. */
export const tenderStates = {
  CREATED: { next: ['PENDING', 'AUTHORIZED', 'FAILED'] },
  /** Waiting for the shopper at the gateway. */
  PENDING: { next: ['UNKNOWN', 'CAPTURED', 'FAILED', 'CLOSED'] },
  /** The gateway's answer was lost: asked again with the same id, never charged again. */
  UNKNOWN: { next: ['PENDING', 'CAPTURED', 'FAILED', 'CLOSED'] },
  /** Held on the card. */
  AUTHORIZED: { next: ['CAPTURED', 'VOIDED'] },
  CAPTURED: { next: ['REFUNDING', 'REFUNDED'] },
  REFUNDING: { next: ['CAPTURED', 'REFUNDED'] },
  REFUNDED: { next: ['CAPTURED'] },
  FAILED: { next: [] },
  CLOSED: { next: ['REFUNDING'] },
  VOIDED: { next: [] },
} as const satisfies Record<string, { next: readonly string[] }>;

export type TenderState = keyof typeof tenderStates;

/** Narrows a stored value; throws for one that the table does not have. */
export function asTenderState(text: string): TenderState {
  invariant(Object.hasOwn(tenderStates, text), `tender state ${text}`);
  return text as TenderState;
}

export function tenderMay(from: TenderState, to: TenderState): boolean {
  const next: readonly TenderState[] = tenderStates[from].next;
  return next.includes(to);
}

/** The states from which a tender may come to `to`. */
export function tenderStatesBefore(to: TenderState): TenderState[] {
  return Object.keys(tenderStates)
    .map(asTenderState)
    .filter((from) => tenderMay(from, to));
}
