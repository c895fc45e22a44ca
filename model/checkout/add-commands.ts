import type fc from 'fast-check';
import type { OrderLineInput } from '@/lib/checkout/testing';
import type { CheckoutReal } from './real';
import type { ReferenceCheckout } from './reference';

type CheckoutCommand = fc.AsyncCommand<ReferenceCheckout, CheckoutReal>;

/** The shopper binds another card. */
export class AddCardCommand implements CheckoutCommand {
  constructor(private readonly card: { readonly amount: number; readonly endsInMs: number | null }) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    real.tally.command('add card');
    const { endsInMs } = this.card;
    const amountMinor = BigInt(this.card.amount);
    const expiresMs = endsInMs === null ? null : model.nowMs + endsInMs;
    const ends = expiresMs === null ? {} : { expiresAt: new Date(expiresMs) };
    const { id, accountId } = await real.world.addCard({ amountMinor, ...ends, userId: real.userId });
    real.issued.set(id, amountMinor);
    model.cardIds.push(id);
    model.snapshot.cards.set(id, {
      accountId,
      expiresMs,
      postedMinor: amountMinor,
      heldMinor: 0n,
      frozen: false,
    });
  }

  toString = () => `add card ${JSON.stringify(this.card)}`;
}

/** The shopper orders something else. */
export class AddOrderCommand implements CheckoutCommand {
  constructor(private readonly lines: readonly OrderLinePlan[]) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    real.tally.command('add order');
    const lines = this.lines.map(({ amount, kind, merchant }) => ({
      amountMinor: BigInt(amount),
      kind,
      merchant,
    }));
    const { id, lineIds } = await real.world.addOrder(lines, real.userId);
    model.snapshot.orders.set(id, {
      state: 'open',
      payByMs: model.nowMs + PAY_WITHIN_MS,
      lines: lines.map((line, place) => ({ id: lineIds[place] ?? '', ...line })),
    });
  }

  toString = () => `add order ${JSON.stringify(this.lines)}`;
}

export interface OrderLinePlan {
  readonly amount: number;
  readonly kind: NonNullable<OrderLineInput['kind']>;
  readonly merchant: NonNullable<OrderLineInput['merchant']>;
}

const PAY_WITHIN_MS = 30 * 60_000;
