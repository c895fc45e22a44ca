import { type Database, readTogether, type Tx } from '@/lib/database';
import type { Locale } from '@/lib/i18n/locale';
import { type Currency, dayIn, formatDay, formatMoney, plusMs } from '@/lib/kernel';

/** What the ids of a message stand for, in words and figures that may be sent: no full number, no name. */
export interface Facts {
  readonly amount: string;
  /** `福运 •4417` */
  readonly card: string;
  /** A card's last day, `2029-11-30`. */
  readonly day: string;
  /** The page that it is about; `null`: there is none. */
  readonly path: string | null;
}

type Payload = Readonly<Record<string, string>>;

export interface FactsContext {
  readonly db: Database;
  readonly locale: Locale;
  /** The issuer's zone, in which cards end. */
  readonly zone: string;
}

/** The facts of several messages at once, in their order. What is gone by now is told without its figures. */
export async function factsOf(context: FactsContext, payloads: readonly Payload[]): Promise<Facts[]> {
  const ids = (name: string) => [...new Set(payloads.flatMap((payload) => payload[name] ?? []))];
  const { db, locale, zone } = context;
  const [payments, refunds, cards] = await Promise.all([
    Promise.all(ids('paymentId').map((id) => readPayment(db, id))),
    Promise.all(ids('refundId').map((id) => readRefund(db, id))),
    Promise.all(ids('cardId').map((id) => readCard(db, id))),
  ]);
  return payloads.map((payload) => {
    const payment = payments.find((row) => row?.id === payload.paymentId);
    const refund = refunds.find((row) => row?.id === payload.refundId);
    const card = cards.find((row) => row?.id === payload.cardId);
    const { amountMinor: told } = payload;
    const minor = told === undefined ? (refund ?? payment)?.amountMinor : BigInt(told);
    const name = locale === 'en' ? card?.programme.nameEn : card?.programme.nameZh;
    return {
      amount:
        minor === undefined ? '' : formatMoney(minor, currencyOf(payment?.currency ?? payload.currency)),
      card: card ? `${name} •${card.lastFour}` : YOUR_CARD[locale],
      day: card?.expiresAt ? formatDay(dayIn(zone, plusMs(card.expiresAt, -1))) : '',
      path: pathOf(payload, payment?.orderId),
    };
  });
}

const PAID = { id: true, orderId: true, amountMinor: true, currency: true } as const;

const readPayment = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.payment.findMany({ where: { id: { in: [...ids] } }, select: PAID }),
  ({ id }) => id,
);

const readRefund = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.refund.findMany({ where: { id: { in: [...ids] } }, select: { id: true, amountMinor: true } }),
  ({ id }) => id,
);

const readCard = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.card.findMany({ where: { id: { in: [...ids] } }, include: { programme: true } }),
  ({ id }) => id,
);

const YOUR_CARD = { 'zh-CN': '您的卡', en: 'your card' } as const;

function currencyOf(text = 'CNY'): Currency {
  return text === 'USD' ? 'USD' : 'CNY';
}

function pathOf({ cardId, giftId, purchaseId }: Payload, orderId: string | undefined): string | null {
  if (orderId) return `/orders/${orderId}`;
  if (giftId) return `/gifts/${giftId}`;
  if (purchaseId) return `/purchases/${purchaseId}`;
  return cardId ? `/cards/${cardId}` : null;
}
