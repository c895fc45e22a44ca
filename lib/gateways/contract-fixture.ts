import { expect } from 'vitest';
import { invariant, MINUTE_MS, newId } from '@/lib/kernel';
import type {
  CreateRequest,
  Gateway,
  GatewayNotification,
  InboundMessage,
  PaymentInquiry,
  RefundRequest,
  ShopperStep,
} from './port';

/** A call whose answer the simulated gateway can lose or forge. */
export type ContractCall = 'query' | 'close' | 'refund' | 'refund_query';

/** A gateway's adapter, the simulated gateway that it talks to, and a clock that both read. */
export interface ContractFixture {
  readonly gateway: Gateway;
  readonly now: () => Date;
  readonly advance: (ms: number) => void;
  /** The shopper reaches the gateway's page; false when the gateway turns them away. */
  readonly visit: (step: ShopperStep) => Promise<boolean>;
  /** The shopper confirms on the page of that payment; false when it can no longer be paid. */
  readonly confirm: (step: ShopperStep) => Promise<boolean>;
  readonly misbehave: (paymentNo: string, how: Misbehaviour) => Promise<void>;
  /** Delivers what is due and gives all verified messages so far, and the codes of the refused ones. */
  readonly received: () => Promise<{
    readonly accepted: readonly GatewayNotification[];
    readonly refused: readonly string[];
    /** Every message as it came, refused ones too. */
    readonly messages: readonly InboundMessage[];
  }>;
  readonly close: () => Promise<void>;
}

export interface Misbehaviour {
  readonly down?: boolean;
  readonly loseAnswers?: ContractCall[];
  readonly forgeAnswers?: ContractCall[];
  readonly notify?: 'once' | 'duplicate' | 'late' | 'out_of_order' | 'never';
  readonly forgeNotifications?: ('signature' | 'amount' | 'app_id')[];
  readonly refuseRefunds?: boolean;
}

/** Whether a line breaks or is silent for too long, what was asked for may have been done. */
export const LOST = expect.stringMatching(/^(network|timeout)$/);

export const AMOUNT = 12_250n;
export const LIFETIME_MS = 15 * MINUTE_MS;
/** Long after expiry, whatever grace a gateway needs. */
export const LONG_AFTER_MS = 60 * MINUTE_MS;

/** Starts a payment; the shopper has not arrived yet. */
export async function begin(
  fixture: ContractFixture,
  over: { readonly paymentNo?: string; readonly amountMinor?: bigint } = {},
) {
  const startedAt = fixture.now();
  const paymentNo = over.paymentNo ?? newId('tnd');
  const inquiry = (): PaymentInquiry => ({
    paymentNo,
    amountMinor: over.amountMinor ?? AMOUNT,
    expiresAt: new Date(startedAt.getTime() + LIFETIME_MS),
    now: fixture.now(),
  });
  const request: CreateRequest = {
    ...inquiry(),
    subject: '福选商城 订单 1024',
    mode: 'desktop',
    returnUrl: 'http://shop.example/checkout/result',
  };
  const created = await fixture.gateway.create(request);
  invariant(created.status === 'ready', `the payment did not start: ${created.status}`);
  const refund = (amountMinor: bigint): RefundRequest => ({
    paymentNo,
    refundNo: newId('rft'),
    amountMinor,
    reason: '退货',
    now: fixture.now(),
  });
  return { paymentNo, inquiry, refund, step: created.next };
}

export async function paid(fixture: ContractFixture, how: Misbehaviour = {}) {
  const payment = await begin(fixture);
  await fixture.misbehave(payment.paymentNo, how);
  invariant(await fixture.confirm(payment.step), 'the payment is confirmed');
  return payment;
}
