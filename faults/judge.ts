import { auditPayments } from '../lib/checkout';
import type { Database } from '../lib/database';
import { audit } from '../lib/ledger';
import type { Journal, Purchase, Story } from './journal';
import { judgeGateway } from './judge-gateway';
import { type PaymentRecord, type Records, readRecords, unfinished } from './records';
import type { BookedTrade } from './sandbox-gateway';

/** Everything that is wrong, in words; each list is empty after a good campaign. */
export interface Verdict {
  /** Acknowledged and not there. */
  readonly lost: string[];
  /** Done twice, or done without the shopper being told. */
  readonly doubled: string[];
  /** Books that differ: the ledger's, the payments', the gateway's. */
  readonly unbalanced: string[];
  readonly negative: string[];
  /** Still unfinished long after the last fault. */
  readonly stuck: string[];
}

export interface Evidence {
  readonly db: Database;
  readonly journal: Journal;
  readonly faceMinor: bigint;
  /** The gateway's own books. */
  readonly trades: readonly BookedTrade[];
}

const PAID: ReadonlySet<string> = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** Compares what shoppers were told, and what the gateway's books say, with the database. */
export async function judge({ db, journal, faceMinor, trades }: Evidence): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], unbalanced: [], negative: [], stuck: [] };
  const records = await readRecords(db);
  for (const story of journal.stories) judgeStory({ records, story, faceMinor }, verdict);
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, new Date()))];
  for (const { check, subject, expected, found } of differences) {
    const list = /negative|overdrawn/.test(check) ? verdict.negative : verdict.unbalanced;
    list.push(`${check}: ${subject} should have ${expected}, has ${found}`);
  }
  judgeGateway({ payments: records.payments, trades }, verdict);
  verdict.stuck.push(...(await unfinished(db)));
  return verdict;
}

function judgeStory(
  { records, story, faceMinor }: { records: Records; story: Story; faceMinor: bigint },
  verdict: Verdict,
): void {
  const userId = records.userIds.get(story.login);
  if (!userId) {
    verdict.lost.push(`the account of ${story.login}`);
    return;
  }
  const cards = records.cards.get(userId) ?? [];
  for (const { cardId } of story.bindings) {
    if (cardId && !cards.some(({ id }) => id === cardId))
      verdict.lost.push(`card ${cardId} of ${story.login}`);
  }
  const orders = records.orders.get(userId) ?? [];
  if (orders.length > story.purchases.length)
    verdict.doubled.push(`${story.login} has ${orders.length} orders and made ${story.purchases.length}`);
  for (const purchase of story.purchases) {
    if (purchase.orderIds.size > 1)
      verdict.doubled.push(`orders ${[...purchase.orderIds].join(', ')} have one key`);
    for (const orderId of purchase.orderIds) {
      const order = orders.find(({ id }) => id === orderId);
      if (order?.totalMinor !== purchase.totalMinor) verdict.lost.push(`order ${orderId} as it was placed`);
      else judgePurchase({ records, purchase, orderId, orderState: order.state }, verdict);
    }
  }
  const has = cards.reduce((sum, { account }) => sum + account.creditsPosted - account.debitsPosted, 0n);
  const should =
    faceMinor * BigInt(cards.length) - story.purchases.reduce((sum, each) => sum + spent(each), 0n);
  if (has !== should) {
    const list = has < should ? verdict.doubled : verdict.lost;
    list.push(`the cards of ${story.login} should have ${should}, have ${has}`);
  }
}

/** What a purchase took from cards for good. Refunds go to the cards first. */
function spent({ paid, refunds }: Purchase): bigint {
  if (!paid) return 0n;
  const back = refunds.reduce((sum, each) => sum + (each.accepted ? each.amountMinor : 0n), 0n);
  const kept = paid.cardMinor - back;
  return kept > 0n ? kept : 0n;
}

function judgePurchase(
  known: { records: Records; purchase: Purchase; orderId: string; orderState: string },
  verdict: Verdict,
): void {
  const { records, purchase, orderId, orderState } = known;
  const payments = (records.paymentsOf.get(orderId) ?? []).filter(({ state }) => PAID.has(state));
  if (payments.length > 1) verdict.doubled.push(`order ${orderId} was paid ${payments.length} times`);
  const [payment] = payments;
  if (purchase.cancelled && orderState !== 'cancelled')
    verdict.lost.push(`the cancellation of order ${orderId}`);
  if (!purchase.paid) {
    if (payment) verdict.doubled.push(`order ${orderId} was paid and nobody was told`);
    return;
  }
  const { cardMinor, externalMinor } = purchase.paid;
  if (payment?.cardMinor !== cardMinor || payment.externalMinor !== externalMinor)
    verdict.lost.push(
      `the payment of order ${orderId}: ${cardMinor} by cards, ${externalMinor} by the gateway`,
    );
  else judgeRefunds({ records, purchase, payment }, verdict);
}

function judgeRefunds(
  { records, purchase, payment }: { records: Records; purchase: Purchase; payment: PaymentRecord },
  verdict: Verdict,
): void {
  const accepted = purchase.refunds.filter((wish) => wish.accepted);
  for (const { key, amountMinor } of accepted) {
    const refundId = records.refundOf.get(`refund:${payment.id} ${key}`);
    const refund = payment.refunds.find(({ id }) => id === refundId);
    if (refund?.amountMinor !== amountMinor)
      verdict.lost.push(`a refund of ${amountMinor} on payment ${payment.id}`);
  }
  if (payment.refunds.length > accepted.length)
    verdict.doubled.push(
      `payment ${payment.id} has ${payment.refunds.length} refunds, ${accepted.length} were asked`,
    );
}
