import fc from 'fast-check';
import { MINUTE_MS, SECOND_MS } from '@/lib/kernel';
import type { Campaign } from '../campaign';
import { AddCardCommand, AddOrderCommand, type OrderLinePlan } from './add-commands';
import {
  AdvanceCommand,
  EndTradeCommand,
  MisbehaveCommand,
  PayClosedTradeCommand,
  RaceCommand,
  SendCommand,
} from './commands';
import { openCheckoutHarness } from './harness';
import { racingPlan, requestPlan } from './plans';
import type { CheckoutReal } from './real';
import type { ReferenceCheckout } from './reference';
import { type Misbehaviour, NO_FAULTS } from './reference-gateway';

const misbehaviour: fc.Arbitrary<Misbehaviour> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(NO_FAULTS) },
  {
    weight: 3,
    arbitrary: fc.record({
      down: fc.nat({ max: 5 }).map((n) => n === 5),
      forgeAnswers: fc.subarray(['query', 'close', 'refund', 'refund_query'] as const),
      refuseRefunds: fc.nat({ max: 4 }).map((n) => n === 4),
      notify: fc.constantFrom('once' as const, 'duplicate' as const, 'late' as const, 'never' as const),
      forgeNotifications: fc.subarray(['signature', 'amount', 'app_id'] as const, { maxLength: 1 }),
    }),
  },
);

const orderLine: fc.Arbitrary<OrderLinePlan> = fc.record({
  amount: fc.integer({ min: 1, max: 5_000 }),
  kind: fc.constantFrom(
    'goods' as const,
    'goods' as const,
    'fresh' as const,
    'virtual' as const,
    'gold' as const,
  ),
  merchant: fc.constantFrom('self' as const, 'pop' as const),
});

const card = fc.record({
  amount: fc.integer({ min: 1, max: 8_000 }),
  endsInMs: fc.constantFrom(null, null, 90 * SECOND_MS, 15 * MINUTE_MS),
});

const step = fc.constantFrom(1_000, 5_000, 20_000, 61_000, 5 * MINUTE_MS, 9 * MINUTE_MS, 11 * MINUTE_MS);

const some = <T>(count: number, arbitrary: T): T[] => Array.from({ length: count }, () => arbitrary);

/** Cards only expire here; what else happens to a card is the subject of `livesCampaign`. */
export const checkoutCampaign: Campaign<ReferenceCheckout, CheckoutReal> = {
  name: 'checkout',
  maxCommands: 50,
  commands: [
    ...some(
      14,
      requestPlan.map((plan) => new SendCommand(plan)),
    ),
    ...some(
      4,
      fc.array(racingPlan, { minLength: 2, maxLength: 5 }).map((plans) => new RaceCommand(plans)),
    ),
    ...some(
      3,
      fc.tuple(step, fc.boolean()).map(([ms, works]) => new AdvanceCommand(ms, works)),
    ),
    ...some(
      2,
      fc.array(orderLine, { minLength: 1, maxLength: 3 }).map((lines) => new AddOrderCommand(lines)),
    ),
    misbehaviour.map((how) => new MisbehaveCommand(how)),
    card.map((each) => new AddCardCommand(each)),
    fc.nat({ max: 100 }).map((which) => new PayClosedTradeCommand(which)),
    fc.nat({ max: 100 }).map((which) => new EndTradeCommand(which)),
  ],
  open: openCheckoutHarness,
};
