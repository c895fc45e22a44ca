import { DAY_MS, type Id, MINUTE_MS } from '@/lib/kernel';

/** The occasion that an envelope is decorated for. */
export const GIFT_THEMES = ['everyday', 'birthday', 'thanks', 'spring', 'moon', 'wedding'] as const;
export type GiftTheme = (typeof GIFT_THEMES)[number];

/** How the redeem link reaches its recipient; `link`: the sender passes it on. */
export const GIFT_CHANNELS = ['email', 'sms', 'link'] as const;
export type GiftChannel = (typeof GIFT_CHANNELS)[number];

export const GIFT_LOCALES = ['zh-CN', 'en'] as const;
export type GiftLocale = (typeof GIFT_LOCALES)[number];

/** Zones that are offered; any other that the runtime knows is taken too. */
export const GIFT_ZONES = [
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Asia/Bangkok',
  'Asia/Dubai',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Moscow',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Australia/Sydney',
] as const;

export type GiftState = 'scheduled' | 'sent' | 'claimed' | 'revoked' | 'returned';
export type GiftMove = 'send' | 'claim' | 'revoke' | 'return';

/**
 * Every state of a gift and where each move leads. What is scheduled can be revoked; it cannot be claimed before its
 * time. The three ends are decided once: each of them takes the card out of the gift in the same unit of work.
 */
export const GIFT_STATES: Readonly<
  Record<GiftState, { readonly moves: Partial<Record<GiftMove, GiftState>>; readonly terminal: boolean }>
> = {
  scheduled: { moves: { send: 'sent', revoke: 'revoked', return: 'returned' }, terminal: false },
  sent: { moves: { claim: 'claimed', revoke: 'revoked', return: 'returned' }, terminal: false },
  claimed: { moves: {}, terminal: true },
  revoked: { moves: {}, terminal: true },
  returned: { moves: {}, terminal: true },
};

/** The state after `move`, or `null` when a gift in `state` does not make it. */
export function giftStateAfter(state: GiftState, move: GiftMove): GiftState | null {
  return GIFT_STATES[state].moves[move] ?? null;
}

/** The states from which `move` leads somewhere. */
export function giftStatesBefore(move: GiftMove): GiftState[] {
  const states: GiftState[] = ['scheduled', 'sent', 'claimed', 'revoked', 'returned'];
  return states.filter((state) => giftStateAfter(state, move) !== null);
}

export const MESSAGE_MAX_LENGTH = 200;
export const NAME_MAX_LENGTH = 40;
export const PASSPHRASE_MIN_LENGTH = 3;
export const PASSPHRASE_MAX_LENGTH = 60;
export const MAX_RECIPIENTS = 200;

/** A delivery can be scheduled at most this long ahead. */
export const FURTHEST_DELIVERY_MS = 366 * DAY_MS;
/** A gift that is unclaimed this long after its delivery returns to its sender. */
export const CLAIM_WITHIN_MS = 90 * DAY_MS;
/** Sender and recipient are told this long before it returns. */
export const RETURN_NOTICE_MS = 7 * DAY_MS;
/** After a gift is sent again, or to somebody else, its recipient has at least this long to claim it. */
export const CLAIM_AT_LEAST_MS = 14 * DAY_MS;

/** One-time codes for a recipient's phone. */
export const CODE_DIGITS = 6;
export const CODE_GOOD_FOR_MS = 5 * MINUTE_MS;
export const CODE_TRIES = 5;
/** A proof of a phone is good for a claim within this time. */
export const PROOF_GOOD_FOR_MS = 30 * MINUTE_MS;

export interface GiftRecipient {
  readonly name: string;
  readonly channel: GiftChannel;
  /** E-mail address in lower case or E.164 phone; null for a link that the sender passes on. */
  readonly address: string | null;
  /** E.164; the phone that the recipient must prove, null when none is asked for. */
  readonly phone: string | null;
}

/** What a sender wants to be done with cards once they are paid for. Holds no passphrase, only its hash. */
export interface GiftPlan {
  readonly theme: GiftTheme;
  readonly message: string;
  readonly senderName: string;
  readonly locale: GiftLocale;
  /** The recipients' IANA zone. */
  readonly zone: string;
  /** Clock time in `zone`; null: as soon as it is paid. */
  readonly deliver: { readonly day: string; readonly minutes: number } | null;
  readonly passphraseHash: string | null;
  /** One card for each. */
  readonly recipients: readonly GiftRecipient[];
}

export interface Gift {
  readonly id: Id<'gft'>;
  readonly senderId: Id<'usr'>;
  readonly purchaseId: string | null;
  readonly cardId: Id<'crd'>;
  readonly theme: GiftTheme;
  readonly message: string;
  readonly senderName: string;
  readonly recipientName: string;
  readonly channel: GiftChannel;
  readonly sealedRecipient: string | null;
  readonly maskedRecipient: string | null;
  readonly locale: GiftLocale;
  readonly zone: string;
  readonly deliverAt: Date;
  readonly state: GiftState;
  readonly sealedToken: string;
  readonly tokenVersion: number;
  readonly passphraseHash: string | null;
  readonly phoneHmac: string | null;
  readonly claimBy: Date;
  readonly sentAt: Date | null;
  readonly openedAt: Date | null;
  readonly noticedAt: Date | null;
  readonly claimedAt: Date | null;
  readonly claimedById: Id<'usr'> | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
}

/** Why a link does not lead to a gift that can be claimed. */
export type GiftObstacle = 'not_yet' | 'claimed' | 'revoked' | 'returned';

/** What stands between a gift and its claim at `now`, `null` when nothing does. */
export function giftObstacle(gift: Pick<Gift, 'state' | 'claimBy'>, now: Date): GiftObstacle | null {
  if (gift.state === 'scheduled') return 'not_yet';
  if (gift.state !== 'sent') return gift.state;
  return now >= gift.claimBy ? 'returned' : null;
}

/** Why a gift is not claimed (领取). */
export type ClaimRefusal =
  /** Unknown, mistyped, or replaced by a newer link: one answer. */
  | { readonly code: 'link_dead' }
  | { readonly code: 'too_many_tries'; readonly retryAt: Date }
  | { readonly code: GiftObstacle }
  /** This person has claimed it already. */
  | { readonly code: 'already_yours'; readonly giftId: Id<'gft'> }
  /** Senders cannot claim their own gift; they can revoke it. */
  | { readonly code: 'own_gift' }
  | { readonly code: 'passphrase_wrong' }
  | { readonly code: 'phone_not_proved' }
  /** Support has closed the card. */
  | { readonly code: 'card_unavailable' };

/** Why a code is not sent or does not count. */
export type CodeRefusal =
  | { readonly code: 'link_dead' }
  | { readonly code: 'too_many_tries'; readonly retryAt: Date }
  | { readonly code: GiftObstacle }
  | { readonly code: 'no_phone_asked' }
  | { readonly code: 'phone_invalid' }
  /** The gift is for somebody with another number. */
  | { readonly code: 'wrong_person' }
  /** Wrong, expired, used up: one answer. */
  | { readonly code: 'code_wrong' };

/** Why a sender's wish is not carried out. */
export type GiftRefusal =
  | { readonly code: 'gift_not_found' }
  | { readonly code: 'not_possible_in_state'; readonly state: GiftState }
  | { readonly code: 'too_many_tries'; readonly retryAt: Date }
  | { readonly code: 'recipient_wrong'; readonly field: string; readonly problem: string };
