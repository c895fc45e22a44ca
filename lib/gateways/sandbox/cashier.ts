import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { transaction } from '@/lib/database';
import { isStorableText } from '@/lib/kernel';
import { SANDBOX_PATH } from './answer-gateway-request';
import type { SandboxContext } from './context';
import { deliverSandboxNotifications } from './deliver-notifications';
import { paymentMessages, returnParameters } from './messages';
import { isExpired, type SandboxTrade } from './model';
import { oweNotifications } from './notification-store';
import { findTradeById, leaveWaiting, readSwitches, writeSwitches } from './store';
import { FORGERIES, NOTIFY_MODES, SANDBOX_CALLS, type SandboxSwitches } from './switches';

/** What the payer sees. */
export interface CashierView {
  readonly id: string;
  readonly payee: string;
  readonly subject: string;
  readonly amountMinor: bigint;
  readonly outTradeNo: string;
  readonly tradeNo: string;
  readonly state: 'waiting' | 'paid' | 'closed' | 'expired';
  readonly expiresAt: Date | null;
  /** Back to the shop, without any word about the payment. */
  readonly returnUrl: string | null;
  readonly switches: EverySwitch;
}

/** The switches that the page offers. An outage is not among them: it would close the page itself. */
type TunedSwitches = Omit<SandboxSwitches, 'down'>;
type EverySwitch = { readonly [Name in keyof TunedSwitches]-?: NonNullable<TunedSwitches[Name]> };

/** The cashier page of a trade; `null` when there is none of that id. */
export async function readCashier(context: SandboxContext, id: string): Promise<CashierView | null> {
  const trade = isStorableText(id) ? await findTradeById(context.db, id) : null;
  if (!trade) return null;
  const { outTradeNo, tradeNo, subject, amountMinor, expiresAt, returnUrl } = trade;
  return {
    id,
    payee: context.config.sellerName,
    subject,
    amountMinor,
    outTradeNo,
    tradeNo,
    state: viewState(trade, context.now),
    expiresAt,
    returnUrl,
    switches: spellOut(await readSwitches(context.db, outTradeNo)),
  };
}

function viewState(trade: SandboxTrade, now: Date): CashierView['state'] {
  if (isExpired(trade, now)) return 'expired';
  if (trade.paidAt) return 'paid';
  return trade.state === 'WAIT_BUYER_PAY' ? 'waiting' : 'closed';
}

export type PayOutcome = 'paid' | 'already_paid' | 'closed' | 'not_found';

/** The payer confirms: the trade is paid once, if it still waits and has not expired. */
export async function payTrade(context: SandboxContext, id: string): Promise<PayOutcome> {
  const trade = await findTradeById(context.db, id);
  if (!trade) return 'not_found';
  const switches = await readSwitches(context.db, trade.outTradeNo);
  const paid: SandboxTrade = { ...trade, state: 'TRADE_SUCCESS', paidAt: context.now };
  const won = await transaction(context.db, async (tx) => {
    const first = await leaveWaiting(tx, id, { state: 'TRADE_SUCCESS', at: context.now });
    if (first && trade.notifyUrl !== null) {
      await oweNotifications(tx, paymentMessages(context, paid, switches));
    }
    return first;
  });
  if (won) {
    context.defer(async () => {
      await deliverSandboxNotifications(context);
    });
    return 'paid';
  }
  const current = await findTradeById(context.db, id);
  return current?.paidAt ? 'already_paid' : 'closed';
}

const decisionForm = z.object({
  decision: z.enum(['pay', 'leave']),
  /** Present when the fold-out with the switches was sent along. */
  tuned: z.literal('1').optional(),
  notify: z.enum(NOTIFY_MODES).optional(),
  slowMs: z.coerce.number().int().min(0).max(60_000).optional(),
  refuseRefunds: z.literal('1').optional(),
  ignoreCloses: z.literal('1').optional(),
});

/**
 * The form of the cashier page: pay, or go back to the shop without paying (the trade then still waits, as it
 * does when a payer closes Alipay's page). Responds with a redirect.
 */
export async function decideAtCashier(
  context: SandboxContext,
  id: string,
  request: Request,
): Promise<Response> {
  const sent = new URLSearchParams(await request.text());
  const form = decisionForm.safeParse(Object.fromEntries(sent));
  const trade = await findTradeById(context.db, id);
  if (!form.success || !trade) return new Response('Not Found', { status: 404 });
  if (form.data.tuned) {
    const current = spellOut(await readSwitches(context.db, trade.outTradeNo));
    const tuned = spellOut(switchesOf(form.data, sent));
    // What was left as it stood stays shared with all trades.
    if (!isDeepStrictEqual(tuned, current)) await writeSwitches(context.db, trade.outTradeNo, tuned);
  }
  if (form.data.decision === 'leave') return seeOther(trade.returnUrl ?? cashierPath(id));
  const outcome = await payTrade(context, id);
  if (outcome === 'closed' || outcome === 'not_found' || trade.returnUrl === null) {
    return seeOther(cashierPath(id));
  }
  const target = new URL(trade.returnUrl);
  for (const [name, value] of Object.entries(returnParameters(context, trade))) {
    target.searchParams.set(name, value);
  }
  return seeOther(target.href);
}

function switchesOf(form: z.infer<typeof decisionForm>, sent: URLSearchParams): TunedSwitches {
  const chosen = <T extends string>(name: string, known: readonly T[]) =>
    known.filter((value) => sent.getAll(name).includes(value));
  return {
    ...(form.notify ? { notify: form.notify } : {}),
    loseAnswers: chosen('loseAnswers', SANDBOX_CALLS),
    forgeAnswers: chosen('forgeAnswers', SANDBOX_CALLS),
    forgeNotifications: chosen('forgeNotifications', FORGERIES),
    refuseRefunds: form.refuseRefunds === '1',
    ignoreCloses: form.ignoreCloses === '1',
    slowMs: form.slowMs ?? 0,
  };
}

function spellOut(switches: TunedSwitches): EverySwitch {
  return {
    notify: switches.notify ?? 'once',
    loseAnswers: switches.loseAnswers ?? [],
    forgeAnswers: switches.forgeAnswers ?? [],
    forgeNotifications: switches.forgeNotifications ?? [],
    refuseRefunds: switches.refuseRefunds ?? false,
    ignoreCloses: switches.ignoreCloses ?? false,
    slowMs: switches.slowMs ?? 0,
  };
}

function cashierPath(id: string): string {
  return `${SANDBOX_PATH}/cashier/${id}`;
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
