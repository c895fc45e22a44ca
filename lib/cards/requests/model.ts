import type { Id } from '@/lib/kernel';
import type { RuleReference } from '@/lib/policy';
import type { CardState } from '../model';

/** What a holder asks of the issuer for a card: loss (挂失补办), extension (延期), exchange (换卡). */
export const REQUEST_KINDS = ['loss', 'extension', 'exchange'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Every state of a request and where it leads; each is left once. */
export const REQUEST_STATES = {
  open: { next: ['approved', 'refused', 'withdrawn'] },
  approved: { next: [] },
  refused: { next: [] },
  withdrawn: { next: [] },
} as const satisfies Record<string, { readonly next: readonly string[] }>;
export type RequestState = keyof typeof REQUEST_STATES;

export interface CardRequest {
  readonly id: Id<'req'>;
  readonly cardId: Id<'crd'>;
  readonly userId: Id<'usr'>;
  readonly kind: RequestKind;
  readonly state: RequestState;
  /** In the holder's words. */
  readonly statement: string;
  readonly evidence: RequestEvidence;
  readonly createdAt: Date;
  /** Until when (exclusive) it is answered. */
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedById: string | null;
  /** In the words of whoever decided; the holder reads it. */
  readonly answer: string | null;
}

export interface RequestEvidence {
  /** What shows it, in the holder's words: an order's number, where the card was bought. */
  readonly words?: string | undefined;
  /**
   * Of a loss: the freeze that holds beside it, because it was there before or was laid since. The card is frozen by that
   * one when the loss ends; until then it is lifted here.
   */
  readonly frozenBefore?: FrozenBefore | undefined;
}

export interface FrozenBefore {
  readonly reason: string | null;
  readonly by: 'holder' | 'issuer';
}

export type RequestRefusal =
  | { readonly code: 'card_not_found' }
  | { readonly code: 'request_not_found' }
  | { readonly code: 'not_possible_in_state'; readonly state: CardState }
  /** There is an open one of the same kind. */
  | { readonly code: 'already_open'; readonly requestId: Id<'req'> }
  /** The policy does not replace lost cards of this kind. */
  | { readonly code: 'not_replaced'; readonly rule: RuleReference }
  | { readonly code: 'never_ends' }
  | { readonly code: 'not_expired' }
  | { readonly code: 'nothing_left' }
  /** A lost card is replaced, not exchanged. */
  | { readonly code: 'reported_lost' };

export type DecisionRefusal =
  | { readonly code: 'request_not_found' }
  | { readonly code: 'already_decided'; readonly state: RequestState }
  /** Nobody may decide their own request. */
  | { readonly code: 'own_request' }
  | { readonly code: 'not_possible_in_state'; readonly state: CardState };

/** Why the one who asked cannot take it back. */
export type WithdrawRefusal =
  | Extract<DecisionRefusal, { code: 'request_not_found' | 'already_decided' }>
  /** A card would be able to pay again: that takes a proof of who asks. */
  | { readonly code: 'proof_needed' };
