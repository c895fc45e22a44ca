import { z } from 'zod';
import { type RefundFailure, type RefundOutcome, type RefundRequest, unknown } from '../port';
import type { Answer } from './client';
import { readCode } from './payment-answers';
import { parseAmount, parseBeijingTime } from './protocol';

/** Business refusals of alipay.trade.refund that say for certain that this request moved no money. */
const REFUSALS: Readonly<Record<string, RefundFailure>> = {
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': 'balance',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': 'exceeds_payment',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': 'exceeds_payment',
  'ACQ.REFUND_FEE_ERROR': 'exceeds_payment',
  'ACQ.TRADE_NOT_EXIST': 'no_such_payment',
  'ACQ.TRADE_HAS_FINISHED': 'not_refundable',
  'ACQ.TRADE_HAS_CLOSE': 'not_refundable',
  'ACQ.TRADE_STATUS_ERROR': 'not_refundable',
  'ACQ.REASON_TRADE_STATUS_INVALID': 'not_refundable',
  'ACQ.REASON_TRADE_BEEN_FREEZEN': 'not_refundable',
  'ACQ.TRADE_NOT_ALLOW_REFUND': 'not_refundable',
  'ACQ.DISCORDANT_REPEAT_REQUEST': 'number_reused',
};

const refundFields = z.looseObject({
  out_trade_no: z.string(),
  fund_change: z.string().optional(),
  /** The sum of all refunds of the trade so far, not of this one. */
  refund_fee: z.string(),
});

/**
 * Reads the answer of alipay.trade.refund. Only `fund_change=Y` is a refund that this very call made; `confirm`
 * asks for a refund query: the number was used before, or the refusal could hide an earlier success whose answer
 * was lost.
 */
export function readRefund(
  answer: Answer,
  request: RefundRequest,
): RefundOutcome | { readonly status: 'confirm'; readonly otherwise: RefundOutcome } {
  const checked = readCode(answer, request.paymentNo);
  if (checked.status === 'unknown') return checked;
  if (checked.status === 'refused') {
    const reason = REFUSALS[checked.subCode];
    if (!reason) return unknown('not_understood', checked.subCode);
    const failed: RefundOutcome = { status: 'failed', reason, detail: checked.subCode };
    return reason === 'number_reused' ? failed : { status: 'confirm', otherwise: failed };
  }
  const parsed = refundFields.safeParse(checked.fields);
  if (!parsed.success || parsed.data.out_trade_no !== request.paymentNo)
    return unknown('not_understood', 'fields are missing from the refund answer');
  if (parsed.data.fund_change !== 'Y') return { status: 'confirm', otherwise: { status: 'pending' } };
  const refundedMinor = parseAmount(parsed.data.refund_fee);
  if (refundedMinor === null || refundedMinor < request.amountMinor)
    return unknown('mismatch', 'less was refunded than asked');
  return { status: 'succeeded', amountMinor: request.amountMinor, refundedAt: null };
}

const refundQueryFields = z.looseObject({
  out_trade_no: z.string().optional(),
  out_request_no: z.string().optional(),
  refund_amount: z.string().optional(),
  refund_status: z.string().optional(),
  gmt_refund_pay: z.string().optional(),
});

/**
 * Reads the answer of alipay.trade.fastpay.refund.query. Without a refund_status Alipay has not (yet) made the
 * refund; within seconds of the request that may still change, and sending the same number again is safe.
 */
export function readRefundQuery(answer: Answer, request: RefundRequest): RefundOutcome {
  const checked = readCode(answer, request.paymentNo);
  if (checked.status === 'unknown') return checked;
  if (checked.status === 'refused') {
    if (checked.subCode !== 'ACQ.TRADE_NOT_EXIST') return unknown('not_understood', checked.subCode);
    return { status: 'failed', reason: 'no_such_payment', detail: checked.subCode };
  }
  const parsed = refundQueryFields.safeParse(checked.fields);
  if (!parsed.success) return unknown('not_understood', 'the refund query answer is malformed');
  const { out_request_no: named, refund_status: status, refund_amount: amount } = parsed.data;
  if (named !== undefined && named !== request.refundNo)
    return unknown('mismatch', 'the answer names another refund');
  if (status === undefined || status === '') return { status: 'not_found' };
  if (status !== 'REFUND_SUCCESS') return { status: 'pending' };
  if (named === undefined || parsed.data.out_trade_no === undefined)
    return unknown('mismatch', 'the answer does not name its refund');
  if (amount === undefined || parseAmount(amount) !== request.amountMinor)
    return unknown('mismatch', 'the refund has another amount');
  return {
    status: 'succeeded',
    amountMinor: request.amountMinor,
    refundedAt: parsed.data.gmt_refund_pay ? parseBeijingTime(parsed.data.gmt_refund_pay) : null,
  };
}
