import { z } from 'zod';
import { MINUTE_MS } from '@/lib/kernel';
import { type PaymentInquiry, type PaymentOutcome, type Unknown, unknown } from '../port';
import type { Answer } from './client';
import { parseAmount, parseBeijingTime } from './protocol';

/**
 * How long after a payment's expiry "trade does not exist" is believed to be final. The expiry is signed into the
 * address of the cashier page, so Alipay itself lets nobody start the trade later; the grace covers two clocks that
 * differ and a shopper who confirmed in the last second.
 */
export const NOT_STARTED_GRACE_MS = 2 * MINUTE_MS;

export const TRADE_STATES = ['WAIT_BUYER_PAY', 'TRADE_CLOSED', 'TRADE_SUCCESS', 'TRADE_FINISHED'] as const;

/** What a query and a notification say about a trade, in one shape. */
export interface TradeReport {
  readonly tradeNo: string;
  readonly state: (typeof TRADE_STATES)[number];
  readonly totalMinor: bigint;
  readonly paidAt: Date | null;
  readonly wasRefunded: boolean;
}

/**
 * Trade states of alipay.trade.query. TRADE_CLOSED stands for two histories: closed unpaid, and paid but since
 * refunded in full; only the second has a time of payment or a refund.
 */
export function outcomeOfTrade(report: TradeReport): PaymentOutcome {
  switch (report.state) {
    case 'WAIT_BUYER_PAY':
      return { status: 'pending', stage: 'awaiting_payer' };
    case 'TRADE_CLOSED':
      return { status: 'failed', reason: report.paidAt || report.wasRefunded ? 'refunded' : 'closed' };
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return {
        status: 'succeeded',
        gatewayTradeNo: report.tradeNo,
        amountMinor: report.totalMinor,
        paidAt: report.paidAt,
        refundable: report.state === 'TRADE_SUCCESS',
      };
  }
}

const common = z.looseObject({
  code: z.string(),
  sub_code: z.string().optional(),
  out_trade_no: z.string().optional(),
});

const queryFields = z.looseObject({
  out_trade_no: z.string(),
  trade_no: z.string().min(1),
  trade_status: z.enum(TRADE_STATES),
  total_amount: z.string(),
  send_pay_date: z.string().optional(),
});

/** Reads the answer of alipay.trade.query to `inquiry`. */
export function readQuery(answer: Answer, inquiry: PaymentInquiry): PaymentOutcome {
  const checked = readCode(answer, inquiry.paymentNo);
  if (checked.status === 'unknown') return checked;
  if (checked.status === 'refused') return outcomeOfMissingTrade(checked.subCode, inquiry);
  const parsed = queryFields.safeParse(checked.fields);
  if (!parsed.success) return unknown('not_understood', 'fields are missing from the query answer');
  const totalMinor = parseAmount(parsed.data.total_amount);
  if (totalMinor === null) return unknown('not_understood', 'total_amount is not an amount');
  if (parsed.data.out_trade_no !== inquiry.paymentNo)
    return unknown('mismatch', 'the answer names another trade');
  if (totalMinor !== inquiry.amountMinor) return unknown('mismatch', 'the trade has another amount');
  return outcomeOfTrade({
    tradeNo: parsed.data.trade_no,
    state: parsed.data.trade_status,
    totalMinor,
    paidAt: parsed.data.send_pay_date ? parseBeijingTime(parsed.data.send_pay_date) : null,
    wasRefunded: false,
  });
}

/**
 * Reads the answer of alipay.trade.close. `status_error` means that the trade cannot be closed: it was paid, or
 * closed before. Only a query tells which.
 */
export function readClose(answer: Answer, inquiry: PaymentInquiry): PaymentOutcome | 'status_error' {
  const checked = readCode(answer, inquiry.paymentNo);
  if (checked.status === 'unknown') return checked;
  if (checked.status === 'refused') {
    return CLOSE_STATUS_ERRORS.has(checked.subCode)
      ? 'status_error'
      : outcomeOfMissingTrade(checked.subCode, inquiry);
  }
  if (checked.fields.out_trade_no !== inquiry.paymentNo)
    return unknown('mismatch', 'the answer names another trade');
  return { status: 'failed', reason: 'closed' };
}

const CLOSE_STATUS_ERRORS = new Set([
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.REASON_TRADE_STATUS_INVALID',
  'ACQ.REASON_ILLEGAL_STATUS',
]);

/** Alipay creates a trade when the shopper reaches the cashier; before that it does not exist, but still can. */
function outcomeOfMissingTrade(subCode: string, inquiry: PaymentInquiry): PaymentOutcome {
  if (subCode !== 'ACQ.TRADE_NOT_EXIST') return unknown('not_understood', subCode);
  const finalFrom = inquiry.expiresAt.getTime() + NOT_STARTED_GRACE_MS;
  return inquiry.now.getTime() >= finalFrom
    ? { status: 'failed', reason: 'never_started' }
    : { status: 'pending', stage: 'not_started' };
}

export type CheckedAnswer =
  | { readonly status: 'accepted'; readonly fields: z.infer<typeof common> }
  | { readonly status: 'refused'; readonly subCode: string }
  | Unknown;

/**
 * Sorts an answer by Alipay's public codes: 10000 accepted, 40004 refused for a business reason, everything else
 * (20000 service unavailable, 4000x malformed or unauthorised) says nothing about the trade. A signature covers
 * an answer, not the question, so an old answer about another trade is told by its number.
 */
export function readCode(answer: Answer, paymentNo: string): CheckedAnswer {
  if (answer.status === 'unknown') return answer;
  const parsed = common.safeParse(answer.fields);
  if (!parsed.success) return unknown('not_understood', 'the answer has no code');
  const { code, sub_code: subCode, out_trade_no: named } = parsed.data;
  if (named !== undefined && named !== paymentNo)
    return unknown('mismatch', 'the answer names another trade');
  if (code === '10000') return { status: 'accepted', fields: parsed.data };
  if (code === '20000' || subCode?.endsWith('SYSTEM_ERROR')) return unknown('server_error', subCode ?? code);
  if (code === '40004' && subCode) return { status: 'refused', subCode };
  return unknown('not_understood', `${code} ${subCode ?? ''}`.trim());
}
