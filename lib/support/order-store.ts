import type { Database } from '@/lib/database';
import type { Currency, Id } from '@/lib/kernel';
import { currencyOf, idOf } from './store';

/** An order with everything that paid it. Amounts in minor units. */
export interface CaseOrder {
  readonly id: Id<'ord'>;
  readonly number: string;
  readonly userId: Id<'usr'>;
  readonly state: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly createdAt: Date;
  readonly payBy: Date;
  readonly paidAt: Date | null;
  readonly lines: readonly CaseOrderLine[];
  /** The latest first. */
  readonly payments: readonly CasePayment[];
}

export interface CaseOrderLine {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
}

export interface CasePayment {
  readonly id: string;
  readonly state: string;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly createdAt: Date;
  readonly tenders: readonly CaseTender[];
}

export interface CaseTender {
  readonly id: string;
  readonly kind: 'card' | 'external';
  readonly card: {
    readonly id: string;
    readonly lastFour: string;
    readonly nameZh: string;
    readonly nameEn: string;
  } | null;
  readonly gateway: string | null;
  /** The gateway's own number of the trade: what its support asks for. */
  readonly gatewayReference: string | null;
  readonly state: string;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
}

export async function findCaseOrder(db: Database, id: Id<'ord'>): Promise<CaseOrder | null> {
  const row = await readOrder(db, id);
  if (!row) return null;
  return {
    id: idOf('ord', row.id),
    number: row.number,
    userId: idOf('usr', row.userId),
    state: row.state,
    currency: currencyOf(row.currency),
    totalMinor: row.totalMinor,
    createdAt: row.createdAt,
    payBy: row.payBy,
    paidAt: row.paidAt,
    lines: row.lines.map(({ tenderLines, ...line }) => ({
      id: line.id,
      titleZh: line.titleZh,
      titleEn: line.titleEn,
      quantity: line.quantity,
      amountMinor: line.amountMinor,
      refundedMinor: tenderLines.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0n),
    })),
    payments: row.payments.map((payment) => ({
      id: payment.id,
      state: payment.state,
      amountMinor: payment.amountMinor,
      refundedMinor: payment.refundedMinor,
      createdAt: payment.createdAt,
      tenders: payment.tenders.map(tenderOf),
    })),
  };
}

function readOrder(db: Database, id: string) {
  return db.order.findUnique({
    where: { id },
    include: {
      lines: { orderBy: { position: 'asc' }, include: { tenderLines: { select: { refundedMinor: true } } } },
      payments: {
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 20,
        include: {
          tenders: {
            orderBy: { position: 'asc' },
            include: {
              card: {
                select: { id: true, lastFour: true, programme: { select: { nameZh: true, nameEn: true } } },
              },
            },
          },
        },
      },
    },
  });
}

type TenderRow = NonNullable<Awaited<ReturnType<typeof readOrder>>>['payments'][number]['tenders'][number];

function tenderOf(row: TenderRow): CaseTender {
  const { card } = row;
  return {
    id: row.id,
    kind: row.kind === 'card' ? 'card' : 'external',
    card: card && {
      id: card.id,
      lastFour: card.lastFour,
      nameZh: card.programme.nameZh,
      nameEn: card.programme.nameEn,
    },
    gateway: row.gateway,
    gatewayReference: row.gatewayReference,
    state: row.state,
    amountMinor: row.amountMinor,
    refundedMinor: row.refundedMinor,
  };
}
