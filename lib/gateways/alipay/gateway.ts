import { DAY_MS, invariant, MINUTE_MS } from '@/lib/kernel';
import type {
  CreateOutcome,
  CreateRequest,
  Gateway,
  GatewayCapabilities,
  PaymentInquiry,
  PaymentOutcome,
  RefundOutcome,
  RefundRequest,
} from '../port';
import { type AlipayClient, alipayClient } from './client';
import type { AlipayConfig } from './config';
import { readNotification } from './notification';
import { readClose, readQuery } from './payment-answers';
import { formatAmount, formatBeijingTime, isMerchantNumber } from './protocol';
import { readRefund, readRefundQuery } from './refund-answers';

/** Alipay's page payments on a desktop (trade.page.pay) and on a phone (trade.wap.pay). */
export function alipayGateway(config: AlipayConfig): Gateway {
  const client = alipayClient(config);
  return {
    name: 'alipay',
    capabilities: CAPABILITIES,
    create: async (request) => createPayment(client, request),
    query: (inquiry) => queryPayment(client, inquiry),
    close: (inquiry) => closePayment(client, inquiry),
    refund: (request) => refundPayment(client, request),
    queryRefund: (request) => queryRefund(client, request),
    parseNotification: async (message) => readNotification(message.body, config, client.verify),
    acknowledge: (accepted) => ({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: accepted ? 'success' : 'failure',
    }),
  };
}

/** Alipay captures at once; time_expire lies 1 minute to 15 days ahead; a trade can be refunded for 12 months. */
const CAPABILITIES: GatewayCapabilities = {
  capture: 'at_once',
  currencies: ['CNY'],
  modes: ['desktop', 'mobile'],
  partialRefund: true,
  refundWindowDays: 365,
  expiry: { minMs: MINUTE_MS, maxMs: 15 * DAY_MS },
  amount: { minMinor: 1n, maxMinor: 10_000_000_000n },
};

const PAGES = {
  desktop: { method: 'alipay.trade.page.pay', productCode: 'FAST_INSTANT_TRADE_PAY' },
  mobile: { method: 'alipay.trade.wap.pay', productCode: 'QUICK_WAP_WAY' },
} as const;

/** Signs the cashier's address. No call is made: the trade comes into being when the shopper opens it. */
function createPayment(client: AlipayClient, request: CreateRequest): CreateOutcome {
  invariant(isMerchantNumber(request.paymentNo), 'a payment number fits out_trade_no');
  const { amount, expiry } = CAPABILITIES;
  if (request.amountMinor < amount.minMinor || request.amountMinor > amount.maxMinor)
    return { status: 'failed', reason: 'amount_out_of_range' };
  const lifetimeMs = request.expiresAt.getTime() - request.now.getTime();
  if (lifetimeMs < expiry.minMs || lifetimeMs > expiry.maxMs)
    return { status: 'failed', reason: 'expiry_out_of_range' };
  const page = PAGES[request.mode];
  const url = client.pageUrl(
    page.method,
    {
      returnUrl: request.returnUrl,
      bizContent: {
        out_trade_no: request.paymentNo,
        total_amount: formatAmount(request.amountMinor),
        subject: plainSubject(request.subject),
        product_code: page.productCode,
        time_expire: formatBeijingTime(request.expiresAt),
      },
    },
    request.now,
  );
  return { status: 'ready', next: { kind: 'redirect', url } };
}

/** Alipay refuses a subject over 256 characters or with `/`, `=`, `&` in it. */
function plainSubject(subject: string): string {
  return Array.from(subject.replace(/[/=&]/g, ' ')).slice(0, 256).join('');
}

async function queryPayment(client: AlipayClient, inquiry: PaymentInquiry): Promise<PaymentOutcome> {
  const answer = await client.call('alipay.trade.query', { out_trade_no: inquiry.paymentNo }, inquiry.now);
  return readQuery(answer, inquiry);
}

async function closePayment(client: AlipayClient, inquiry: PaymentInquiry): Promise<PaymentOutcome> {
  const answer = await client.call('alipay.trade.close', { out_trade_no: inquiry.paymentNo }, inquiry.now);
  const outcome = readClose(answer, inquiry);
  return outcome === 'status_error' ? queryPayment(client, inquiry) : outcome;
}

async function refundPayment(client: AlipayClient, request: RefundRequest): Promise<RefundOutcome> {
  invariant(isMerchantNumber(request.refundNo), 'a refund number fits out_request_no');
  const answer = await client.call(
    'alipay.trade.refund',
    {
      out_trade_no: request.paymentNo,
      out_request_no: request.refundNo,
      refund_amount: formatAmount(request.amountMinor),
      refund_reason: Array.from(request.reason).slice(0, 256).join(''),
    },
    request.now,
  );
  const outcome = readRefund(answer, request);
  if (outcome.status !== 'confirm') return outcome;
  const confirmed = await queryRefund(client, request);
  return confirmed.status === 'not_found' ? outcome.otherwise : confirmed;
}

async function queryRefund(client: AlipayClient, request: RefundRequest): Promise<RefundOutcome> {
  const answer = await client.call(
    'alipay.trade.fastpay.refund.query',
    {
      out_trade_no: request.paymentNo,
      out_request_no: request.refundNo,
      query_options: ['gmt_refund_pay'],
    },
    request.now,
  );
  return readRefundQuery(answer, request);
}
