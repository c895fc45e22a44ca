import { transaction } from '@/lib/database';
import { formatAmount, formatBeijingTime } from '../alipay/protocol';
import { newToken, newTradeNo, type SandboxContext } from './context';
import { refundMessages } from './messages';
import {
  business,
  decideRefund,
  isExpired,
  pageRefusal,
  type SandboxRefund,
  type SandboxTrade,
} from './model';
import { hasten, oweNotifications } from './notification-store';
import type { ProtocolRefusal, RefundOrder, SandboxOrder } from './protocol';
import { addRefund, closeIfExpired, createTrade, findRefund, findTrade, leaveWaiting } from './store';
import type { SandboxSwitches } from './switches';

export type AnswerFields = Readonly<Record<string, string>>;
type PageOrder = Extract<SandboxOrder, { kind: 'page' }>;

/** Opens the cashier for a page payment: the trade of its number, created at the first visit. */
export async function openCashier(
  context: SandboxContext,
  order: PageOrder,
): Promise<SandboxTrade | ProtocolRefusal> {
  const { content } = order;
  const known = await currentTrade(context, content.out_trade_no);
  if (known) return pageRefusal(known, content.total_amount) ?? known;
  if (content.time_expire && content.time_expire <= context.now) return business('ACQ.TRADE_HAS_CLOSE');
  const trade = await createTrade(context.db, {
    id: newToken(),
    outTradeNo: content.out_trade_no,
    tradeNo: newTradeNo(context.now),
    state: 'WAIT_BUYER_PAY',
    amountMinor: content.total_amount,
    refundedMinor: 0n,
    subject: content.subject,
    notifyUrl: order.notifyUrl,
    returnUrl: order.returnUrl,
    expiresAt: content.time_expire ?? null,
    paidAt: null,
    closedAt: null,
    createdAt: context.now,
  });
  return pageRefusal(trade, content.total_amount) ?? trade;
}

export async function answerQuery(
  context: SandboxContext,
  outTradeNo: string,
): Promise<AnswerFields | ProtocolRefusal> {
  const trade = await currentTrade(context, outTradeNo);
  if (!trade) return business('ACQ.TRADE_NOT_EXIST');
  const total = formatAmount(trade.amountMinor);
  return {
    ...names(trade),
    trade_status: trade.state,
    total_amount: total,
    buyer_user_id: '2088000000000099',
    buyer_pay_amount: trade.paidAt ? total : '0.00',
    ...(trade.paidAt ? { send_pay_date: formatBeijingTime(trade.paidAt) } : {}),
  };
}

/** Only a trade that waits can be closed; a paid or closed one is in the wrong state. */
export async function closeTrade(
  context: SandboxContext,
  outTradeNo: string,
  switches: SandboxSwitches,
): Promise<AnswerFields | ProtocolRefusal> {
  const trade = await currentTrade(context, outTradeNo);
  if (!trade) return business('ACQ.TRADE_NOT_EXIST');
  if (switches.ignoreCloses && trade.state === 'WAIT_BUYER_PAY') return names(trade);
  const closed = await leaveWaiting(context.db, trade.id, { state: 'TRADE_CLOSED', at: context.now });
  return closed ? names(trade) : business('ACQ.TRADE_STATUS_ERROR');
}

/** Makes a refund once per out_request_no. When another refund of the trade came in between, it starts over. */
export async function refundTrade(
  context: SandboxContext,
  order: RefundOrder,
  switches: SandboxSwitches,
): Promise<AnswerFields | ProtocolRefusal> {
  for (;;) {
    const trade = await currentTrade(context, order.out_trade_no);
    if (!trade) return business('ACQ.TRADE_NOT_EXIST');
    const earlier = await findRefund(context.db, trade.id, order.out_request_no);
    const decision = decideRefund(trade, earlier, order);
    if (decision.kind === 'refuse') return decision.refusal;
    if (decision.kind === 'replay') return refundFields(trade, 'N');
    if (switches.refuseRefunds) return business('ACQ.SELLER_BALANCE_NOT_ENOUGH');
    const refunded: SandboxTrade = { ...trade, ...decision };
    const made = await transaction(context.db, async (tx) => {
      const added = await addRefund(tx, trade, {
        id: newToken(),
        outRequestNo: order.out_request_no,
        amountMinor: order.refund_amount,
        createdAt: context.now,
        refundedMinor: decision.refundedMinor,
        state: decision.state,
      });
      if (!added || trade.notifyUrl === null) return added;
      await oweNotifications(
        tx,
        refundMessages(context, refunded, { outRequestNo: order.out_request_no }, switches),
      );
      // The payment's message was held back for this: it goes out after the refund's.
      if (switches.notify === 'out_of_order') {
        await hasten(tx, trade.id, new Date(context.now.getTime() + 1_000));
      }
      return added;
    });
    if (made) return refundFields(refunded, 'Y');
  }
}

/** Alipay answers success without a refund_status for a refund that it does not have. */
export async function answerRefundQuery(
  context: SandboxContext,
  outTradeNo: string,
  outRequestNo: string,
): Promise<AnswerFields | ProtocolRefusal> {
  const trade = await currentTrade(context, outTradeNo);
  if (!trade) return business('ACQ.TRADE_NOT_EXIST');
  const refund: SandboxRefund | null = await findRefund(context.db, trade.id, outRequestNo);
  if (!refund) return {};
  return {
    ...names(trade),
    out_request_no: refund.outRequestNo,
    total_amount: formatAmount(trade.amountMinor),
    refund_amount: formatAmount(refund.amountMinor),
    refund_status: 'REFUND_SUCCESS',
    gmt_refund_pay: formatBeijingTime(refund.createdAt),
  };
}

/** The trade as of now: one that waits past its expiry is closed first. */
async function currentTrade(context: SandboxContext, outTradeNo: string): Promise<SandboxTrade | null> {
  const trade = await findTrade(context.db, outTradeNo);
  if (!trade || !isExpired(trade, context.now)) return trade;
  await closeIfExpired(context.db, trade.id, context.now);
  return findTrade(context.db, outTradeNo);
}

function names(trade: SandboxTrade): AnswerFields {
  return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo };
}

function refundFields(trade: SandboxTrade, fundChange: 'Y' | 'N'): AnswerFields {
  return { ...names(trade), fund_change: fundChange, refund_fee: formatAmount(trade.refundedMinor) };
}
