import { plusMs } from '@/lib/kernel';
import { formatAmount, formatBeijingTime } from '../alipay/protocol';
import { newNotifyId, newToken, type SandboxContext } from './context';
import type { SandboxTrade } from './model';
import type { OwedNotification } from './notification-store';
import { signMessage } from './signature';
import type { Forgery, SandboxSwitches } from './switches';

/** What the shop is told about a payment, with the misbehaviour that the switches ask for. */
export function paymentMessages(
  context: SandboxContext,
  trade: SandboxTrade,
  switches: SandboxSwitches,
): OwedNotification[] {
  const fields = tradeFields(context, trade);
  const forgeries = (switches.forgeNotifications ?? []).map((forgery) => forge(context, trade, forgery));
  if (switches.notify === 'never') return forgeries;
  const late = switches.notify === 'late' || switches.notify === 'out_of_order';
  const dueAt = late ? plusMs(context.now, context.config.lateMs) : context.now;
  const notifyId = newNotifyId(context.now);
  const copies = switches.notify === 'duplicate' ? 3 : 1;
  const genuine = Array.from({ length: copies }, () =>
    owed(context, { tradeId: trade.id, notifyId, fields, dueAt, forged: false }),
  );
  return [...forgeries, ...genuine];
}

/** What the shop is told about one refund of `trade`, as the trade stands after it. */
export function refundMessages(
  context: SandboxContext,
  trade: SandboxTrade,
  refund: { readonly outRequestNo: string },
  switches: SandboxSwitches,
): OwedNotification[] {
  if (switches.notify === 'never') return [];
  const fields = {
    ...tradeFields(context, trade),
    out_biz_no: refund.outRequestNo,
    refund_fee: formatAmount(trade.refundedMinor),
    gmt_refund: `${formatBeijingTime(context.now)}.000`,
  };
  const notifyId = newNotifyId(context.now);
  return [owed(context, { tradeId: trade.id, notifyId, fields, dueAt: context.now, forged: false })];
}

/** The parameters that the shopper's browser carries back, signed as Alipay signs them. */
export function returnParameters(context: SandboxContext, trade: SandboxTrade): Record<string, string> {
  return signMessage(
    {
      charset: 'utf-8',
      version: '1.0',
      method: 'alipay.trade.page.pay.return',
      app_id: context.config.appId,
      auth_app_id: context.config.appId,
      seller_id: context.config.sellerId,
      out_trade_no: trade.outTradeNo,
      trade_no: trade.tradeNo,
      total_amount: formatAmount(trade.amountMinor),
      timestamp: formatBeijingTime(context.now),
    },
    context.config.gatewayPrivateKeyPem,
  );
}

function tradeFields(context: SandboxContext, trade: SandboxTrade): Record<string, string> {
  const total = formatAmount(trade.amountMinor);
  return {
    notify_type: 'trade_status_sync',
    charset: 'utf-8',
    version: '1.0',
    app_id: context.config.appId,
    auth_app_id: context.config.appId,
    seller_id: context.config.sellerId,
    buyer_id: '2088000000000099',
    out_trade_no: trade.outTradeNo,
    trade_no: trade.tradeNo,
    trade_status: trade.state,
    subject: trade.subject,
    total_amount: total,
    receipt_amount: total,
    buyer_pay_amount: total,
    invoice_amount: total,
    point_amount: '0.00',
    fund_bill_list: JSON.stringify([{ amount: total, fundChannel: 'ALIPAYACCOUNT' }]),
    gmt_create: formatBeijingTime(trade.createdAt),
    ...(trade.paidAt ? { gmt_payment: formatBeijingTime(trade.paidAt) } : {}),
  };
}

function forge(context: SandboxContext, trade: SandboxTrade, forgery: Forgery): OwedNotification {
  const genuine = tradeFields(context, trade);
  const fields: Record<Forgery, Record<string, string>> = {
    signature: genuine,
    amount: { ...genuine, total_amount: formatAmount(trade.amountMinor + 1n) },
    app_id: { ...genuine, app_id: '2021999999999999' },
  };
  return owed(context, {
    tradeId: trade.id,
    notifyId: newNotifyId(context.now),
    fields: fields[forgery],
    dueAt: context.now,
    forged: forgery === 'signature',
  });
}

function owed(
  context: SandboxContext,
  message: Omit<OwedNotification, 'id' | 'createdAt' | 'fields'> & {
    readonly fields: Record<string, string>;
  },
): OwedNotification {
  const fields = { ...message.fields, notify_id: message.notifyId };
  return { ...message, fields, id: newToken(), createdAt: context.now };
}
