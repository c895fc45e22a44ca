import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import type { BalanceRefusal, CardKind, FaceRefusal, PolicyPack } from './model';
import { referenceTo } from './rule-reference';

/** Whether `pack` lets a card of `kind` be issued with `faceMinor` (minor units). */
export function checkFace(
  pack: PolicyPack,
  kind: CardKind,
  faceMinor: bigint,
): Result<undefined, Exclude<FaceRefusal, { code: 'face_not_offered' }>> {
  if (faceMinor <= 0n) return refuse({ code: 'face_not_positive', amountMinor: faceMinor });
  const rule = pack.rules.maxValueMinor[kind];
  if (rule.value === null || faceMinor <= rule.value) return ok();
  return refuse({
    code: 'face_above_limit',
    rule: referenceTo(rule),
    kind,
    limitMinor: rule.value,
    amountMinor: faceMinor,
  });
}

/**
 * Whether a card of `kind` that is worth `balanceMinor` may be topped up with `addedMinor` (minor units). The
 * balance counts what is held too: a hold that is released comes back. A refund is not a top-up: it returns what
 * was spent and is never refused for the limit.
 */
export function checkBalanceAfter(
  pack: PolicyPack,
  kind: CardKind,
  change: { readonly balanceMinor: bigint; readonly addedMinor: bigint },
): Result<undefined, BalanceRefusal> {
  invariant(change.balanceMinor >= 0n, 'a card is never overdrawn');
  if (change.addedMinor <= 0n) {
    return refuse({ code: 'top_up_not_positive', amountMinor: change.addedMinor });
  }
  const rule = pack.rules.maxValueMinor[kind];
  const amountMinor = change.balanceMinor + change.addedMinor;
  if (rule.value === null || amountMinor <= rule.value) return ok();
  return refuse({
    code: 'balance_above_limit',
    rule: referenceTo(rule),
    kind,
    limitMinor: rule.value,
    amountMinor,
  });
}
