import type { Row } from '@/lib/database';
import type { Id } from '@/lib/kernel';
import type { NumberHmac } from './lookup';
import type { StoredPassword } from './password-check';

export interface NewCard {
  readonly id: Id<'crd'>;
  readonly accountId: Id<'acc'>;
  readonly number: NumberHmac;
  readonly lastFour: string;
  readonly password: StoredPassword;
  readonly sealed: { readonly number: string; readonly password: string } | null;
  readonly state: 'issued' | 'active';
  readonly faceMinor: bigint;
  readonly expiresAt: Date | null;
}

/** A card's row for a unit of work. */
export function newCardRow(
  card: NewCard,
  of: { readonly programmeId: string; readonly batchId: string; readonly now: Date },
): Row {
  return {
    id: card.id,
    programmeId: of.programmeId,
    batchId: of.batchId,
    accountId: card.accountId,
    numberHmac: card.number.hmac,
    numberKey: card.number.keyVersion,
    lastFour: card.lastFour,
    passwordScheme: card.password.scheme,
    passwordKey: card.password.keyVersion,
    passwordHash: card.password.hash,
    sealedNumber: card.sealed?.number ?? null,
    sealedPassword: card.sealed?.password ?? null,
    state: card.state,
    faceMinor: card.faceMinor,
    expiresAt: card.expiresAt?.toISOString() ?? null,
    holderId: null,
    boundAt: null,
    nickname: null,
    frozenReason: null,
    frozenBy: null,
    dormantMinor: 0n,
    createdAt: of.now.toISOString(),
  };
}
