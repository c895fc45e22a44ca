import fc from 'fast-check';
import { type AccountKind, type AccountRef, type Movement, movements, type Transfer } from '@/lib/ledger';
import type { ReferenceLedger, ReferenceUnit } from './reference';

/** A unit made before it is known what has been posted; its numbers choose among what exists when it is sent. */
export interface UnitPlan {
  readonly transfers: readonly TransferPlan[];
  readonly key: { readonly key: number; readonly fingerprint: 'a' | 'b' } | null;
  readonly guard: { readonly account: number; readonly holds: boolean } | null;
  readonly note: number | null;
}

type TransferPlan =
  | {
      readonly plan: 'move';
      readonly type: 'post' | 'hold';
      readonly movement: Movement;
      readonly debit: number;
      readonly credit: number;
      readonly amount: AmountPlan;
      readonly id: IdPlan;
      /** Debit and credit are swapped. */
      readonly backwards: boolean;
    }
  | {
      readonly plan: 'end';
      readonly type: 'capture' | 'release';
      /** Chooses among the open holds, or among everything that was ever posted. */
      readonly among: 'open' | 'all';
      readonly hold: number;
      readonly amount: 'whole' | 'half' | 'exact' | 'above' | 'nothing';
      readonly id: IdPlan;
    }
  /** An earlier transfer sent again, as it was or with one field changed. */
  | {
      readonly plan: 'again';
      readonly which: number;
      readonly change: 'none' | 'amount' | 'reference' | 'type';
    };

/** Minor units, or the debited account's usable balance plus or minus some. */
type AmountPlan = { readonly minor: number } | { readonly usableAnd: -1 | 0 | 1 };

/** A new id, the id of an earlier transfer, or one of a few that several requests use. */
type IdPlan =
  | { readonly id: 'new' }
  | { readonly id: 'used'; readonly which: number }
  | { readonly id: 'wanted'; readonly which: number };

const pick = fc.nat({ max: 1_000 });

const amountPlan: fc.Arbitrary<AmountPlan> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ minor: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 3, arbitrary: fc.record({ usableAnd: fc.constantFrom<-1 | 0 | 1>(-1, 0, 1) }) },
  { weight: 1, arbitrary: fc.record({ minor: fc.constantFrom(0, -1) }) },
);

const idPlan: fc.Arbitrary<IdPlan> = fc.oneof(
  { weight: 14, arbitrary: fc.constant<IdPlan>({ id: 'new' }) },
  { weight: 1, arbitrary: fc.record({ id: fc.constant('used' as const), which: pick }) },
  { weight: 3, arbitrary: fc.record({ id: fc.constant('wanted' as const), which: fc.nat({ max: 40 }) }) },
);

const movement = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Movement>('issue') },
  { weight: 6, arbitrary: fc.constant<Movement>('spend') },
  { weight: 3, arbitrary: fc.constantFrom<Movement>('refundCard', 'collect', 'expire', 'revive') },
);

const transferPlan: fc.Arbitrary<TransferPlan> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      plan: fc.constant('move' as const),
      type: fc.constantFrom('post' as const, 'hold' as const, 'hold' as const),
      movement,
      debit: pick,
      credit: pick,
      amount: amountPlan,
      id: idPlan,
      backwards: fc.nat({ max: 30 }).map((n) => n === 30),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      plan: fc.constant('end' as const),
      type: fc.constantFrom('capture' as const, 'release' as const),
      among: fc.nat({ max: 7 }).map((n) => (n === 7 ? ('all' as const) : ('open' as const))),
      hold: pick,
      amount: fc.constantFrom(
        'whole' as const,
        'half' as const,
        'exact' as const,
        'above' as const,
        'nothing' as const,
      ),
      id: idPlan,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      plan: fc.constant('again' as const),
      which: pick,
      change: fc.constantFrom('none' as const, 'amount' as const, 'reference' as const, 'type' as const),
    }),
  },
);

/** Present one time in five (`fc.option` would be absent one time in `freq`). */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

export const unitPlan: fc.Arbitrary<UnitPlan> = fc.record({
  transfers: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(transferPlan) },
    { weight: 1, arbitrary: fc.array(transferPlan, { minLength: 2, maxLength: 4 }) },
  ),
  key: sometimes(
    fc.record({ key: fc.nat({ max: 25 }), fingerprint: fc.constantFrom('a' as const, 'b' as const) }),
  ),
  guard: sometimes(fc.record({ account: pick, holds: fc.nat({ max: 3 }).map((n) => n > 0) })),
  note: sometimes(fc.nat({ max: 60 })),
});

/**
 * Ids for concurrent requests. A hint with an even number gives one of a few ids that only this race uses, so that its requests
 * share ids that nobody used before. With `oneId` the transfers of all requests get the same new id.
 */
export function idsOfRace(newId: (hint: string) => string, oneId: boolean): (hint: string) => string {
  const race = newId('new');
  return (hint) => {
    if (hint === 'new') return oneId ? `${race}:t` : newId(hint);
    const number = Number(/\d+$/.exec(hint)?.[0]);
    return number % 2 === 0 ? `${race}:${hint.replace(/\d+$/, String(number % 3))}` : newId(hint);
  };
}

/** The unit that a plan stands for, given what `ledger` holds now. */
export function unitOf(
  plan: UnitPlan,
  ledger: ReferenceLedger,
  newId: (hint: string) => string,
): ReferenceUnit {
  const transfers = plan.transfers.map((each) => transferOf(each, ledger, newId));
  const account = plan.guard && [...ledger.accounts.values()][plan.guard.account % ledger.accounts.size];
  return {
    transfers,
    ...(plan.key ? { key: { key: newId(`key-${plan.key.key}`), fingerprint: plan.key.fingerprint } } : {}),
    ...(plan.guard && account ? { guard: guardOf(account, plan.guard.holds) } : {}),
    ...(plan.note === null ? {} : { note: newId(`note-${plan.note}`) }),
  };
}

function guardOf({ id, currency }: { id: string; currency: string }, holds: boolean) {
  return { accountId: id, currency: holds ? currency : 'EUR' };
}

function transferOf(plan: TransferPlan, ledger: ReferenceLedger, newId: (hint: string) => string): Transfer {
  if (plan.plan === 'again') return againOf(plan, ledger, newId);
  const posted = [...ledger.transfers.values()];
  const id =
    plan.id.id === 'new'
      ? newId('new')
      : plan.id.id === 'wanted'
        ? newId(`wanted-${plan.id.which}`)
        : (posted[plan.id.which % Math.max(posted.length, 1)]?.id ?? newId('new'));
  if (plan.plan === 'end') return endOf(plan, ledger, id);
  const { debit, credit } = movements[plan.movement];
  const sides = [accountOf(ledger, debit, plan.debit), accountOf(ledger, credit, plan.credit)] as const;
  const [from, to] = plan.backwards ? [sides[1], sides[0]] : sides;
  const base = {
    id,
    movement: plan.movement,
    debit: from,
    credit: to,
    amountMinor: amountOf(plan.amount, ledger, from),
    reference: `ref-${plan.debit % 3}`,
  };
  return plan.type === 'hold' ? { type: 'hold', timeoutAt: new Date(0), ...base } : { type: 'post', ...base };
}

function endOf(plan: Extract<TransferPlan, { plan: 'end' }>, ledger: ReferenceLedger, id: string): Transfer {
  const candidates = plan.among === 'open' ? ledger.openHolds() : [...ledger.transfers.values()];
  const hold = candidates[plan.hold % Math.max(candidates.length, 1)];
  const base = { id, holdId: hold?.id ?? 'no-such-hold', reference: `ref-${plan.hold % 3}` };
  if (plan.type === 'release') return { type: 'release', ...base };
  const held = hold?.amountMinor ?? 10n;
  const amounts = { whole: null, half: held / 2n, exact: held, above: held + 1n, nothing: 0n };
  const amountMinor = amounts[plan.amount];
  return { type: 'capture', ...base, ...(amountMinor === null ? {} : { amountMinor }) };
}

function againOf(
  plan: Extract<TransferPlan, { plan: 'again' }>,
  ledger: ReferenceLedger,
  newId: (hint: string) => string,
): Transfer {
  const posted = [...ledger.transfers.values()];
  const before = posted[plan.which % Math.max(posted.length, 1)];
  if (!before) return { type: 'release', id: newId('new'), holdId: 'no-such-hold', reference: 'ref-0' };
  const reference = plan.change === 'reference' ? `${before.reference}!` : before.reference;
  const amountMinor = plan.change === 'amount' ? before.amountMinor + 1n : before.amountMinor;
  if (before.holdId !== null) {
    const base = { id: before.id, holdId: before.holdId, reference };
    const captures = (before.kind === 'capture') !== (plan.change === 'type');
    return captures ? { type: 'capture', ...base, amountMinor } : { type: 'release', ...base };
  }
  const name = movementOf(before.code);
  const { debit, credit } = movements[name];
  const base = {
    id: before.id,
    movement: name,
    debit: { id: before.debit, kind: debit },
    credit: { id: before.credit, kind: credit },
    amountMinor,
    reference,
  };
  const holds = (before.kind === 'hold') !== (plan.change === 'type');
  return holds ? { type: 'hold', timeoutAt: new Date(1), ...base } : { type: 'post', ...base };
}

function movementOf(code: number): Movement {
  const names: readonly Movement[] = ['issue', 'spend', 'refundCard', 'collect', 'expire', 'revive'];
  return names.find((name) => movements[name].code === code) ?? 'issue';
}

/** An account of that kind; now and then one of another currency, or one that does not exist. */
function accountOf(ledger: ReferenceLedger, kind: AccountKind, place: number): AccountRef {
  const ofKind = [...ledger.accounts.values()].filter((account) => account.kind === kind);
  const foreign = place % 23 === 22;
  const fitting = ofKind.filter(({ currency }) => (currency === 'CNY') !== foreign);
  const account = place % 41 === 40 ? undefined : fitting[place % Math.max(fitting.length, 1)];
  return { id: account?.id ?? 'nobody', kind };
}

function amountOf(plan: AmountPlan, ledger: ReferenceLedger, debit: AccountRef): bigint {
  if ('minor' in plan) return BigInt(plan.minor);
  const account = ledger.accounts.get(debit.id);
  if (account?.kind !== 'card') return 1_000n + BigInt(plan.usableAnd);
  return account.creditsPosted - account.debitsPosted - account.debitsPending + BigInt(plan.usableAnd);
}
