import { expect } from 'vitest';
import { nextPaymentState, type PaymentEventName, paymentStates } from '@/lib/checkout/payment-states';
import { expectInvariants } from './invariants';
import type { CheckoutReal } from './real';
import type { ReferenceCheckout } from './reference';
import { OPEN_STATES } from './snapshot';

/** Checks the invariants, and each payment's events, as they are now. `text` says after what. */
export async function expectInvariantsNow(
  model: ReferenceCheckout,
  real: CheckoutReal,
  text: string,
): Promise<void> {
  try {
    expectInvariants(model.snapshot, { issued: real.issued, paidAfterClose: model.paidAfterClose });
    await expectAllowedMoves(real);
  } catch (error) {
    throw new Error(`after ${text}`, { cause: error });
  }
}

/** Each payment's events are one path through `paymentStates`, from its opening to its current state. */
async function expectAllowedMoves({ world, userId }: CheckoutReal): Promise<void> {
  const payments = await world.test.db.payment.findMany({
    where: { userId },
    include: { events: { orderBy: { id: 'asc' } } },
  });
  for (const { id, state, checkAt, events } of payments) {
    const left = [...events];
    let at: string | null = null;
    while (left.length > 0) {
      const place = left.findIndex(({ fromState }) => fromState === at);
      const [move] = left.splice(place, 1);
      expect(place, `${id} came to ${at}, but no further on its way to ${state}`).toBeGreaterThanOrEqual(0);
      if (!move) return;
      if (at !== null) expect(nextOf(at, move.event), `${id}: ${move.event} from ${at}`).toBe(move.toState);
      at = move.toState;
    }
    expect(at, id).toBe(state);
    if (OPEN_STATES.includes(state) || state === 'LATE_PAID')
      expect(checkAt, `${id} is forgotten`).not.toBeNull();
  }
}

function nextOf(state: string, event: string): string | null {
  const known = Object.keys(paymentStates).find((name): name is keyof typeof paymentStates => name === state);
  const isEvent = (name: string): name is PaymentEventName =>
    known !== undefined && name in paymentStates[known].next;
  return known && isEvent(event) ? nextPaymentState(known, event) : null;
}
