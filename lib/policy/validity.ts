import { addMonths, dayIn, endOfDay, ok, type Result, refuse } from '@/lib/kernel';
import type {
  CardKind,
  MonthsAllowed,
  PolicyPack,
  ProgrammeTerms,
  ValidityRefusal,
  ValidityTerms,
} from './model';
import { referenceTo } from './rule-reference';

/** Whether cards of `kind` may be good for `validityMonths` (null = for ever). */
export function checkValidity(
  pack: PolicyPack,
  kind: CardKind,
  validityMonths: number | null,
): Result<undefined, ValidityRefusal> {
  const rule = pack.rules.validity[kind];
  if (permits(rule.value, validityMonths)) return ok();
  return refuse({
    code: 'validity_not_allowed',
    rule: referenceTo(rule),
    kind,
    validityMonths,
    allowed: rule.value,
  });
}

/**
 * When a card ends that is activated at `activatedAt`: the first instant after the last good day in the issuer's
 * `zone` (IANA name); null = never. The last good day has the date of the activation, so that the holder has all
 * of the months; a date that the month lacks becomes its last day.
 */
export function expiryFor(
  pack: PolicyPack,
  programme: Pick<ProgrammeTerms, 'kind' | 'validityMonths'>,
  activation: { readonly activatedAt: Date; readonly zone: string },
): Result<Date | null, ValidityRefusal> {
  const validity = checkValidity(pack, programme.kind, programme.validityMonths);
  if (!validity.ok) return validity;
  if (programme.validityMonths === null) return ok(null);
  const firstDay = dayIn(activation.zone, activation.activatedAt);
  return ok(endOfDay(activation.zone, addMonths(firstDay, programme.validityMonths)));
}

/** Whether the value left on an expired card must be given back (reactivated or exchanged) when its holder asks. */
export function mustReviveExpired(pack: PolicyPack, kind: CardKind): boolean {
  return pack.rules.expiredValue[kind].value === 'revived_on_request';
}

/**
 * Whether the operator may stop keeping what is left on an expired card. Only value that was given away: what was paid
 * for is owed for ever, whatever the pack leaves to the operator.
 */
export function mayLapse(pack: PolicyPack, kind: CardKind): boolean {
  return kind === 'promotional' && !mustReviveExpired(pack, kind);
}

function permits(terms: ValidityTerms, months: number | null): boolean {
  if (months === null) return terms.unlimited;
  return Number.isInteger(months) && months > 0 && terms.months !== null && includes(terms.months, months);
}

function includes(allowed: MonthsAllowed, months: number): boolean {
  if ('oneOf' in allowed) return allowed.oneOf.includes(months);
  return allowed.from <= months && (allowed.to === null || months <= allowed.to);
}
