import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { ok, parseId, type Result, refuse } from '@/lib/kernel';
import type { SalesContext } from './context';
import type { InvoiceRefusal } from './model';
import type { ShippingActor } from './ship-cards';

export interface IssuedInvoice {
  readonly invoiceId: string;
  /** What it was issued for, as the desk showed it. */
  readonly amountMinor: bigint;
  readonly number: string;
  readonly actor: ShippingActor;
}

/**
 * Notes that an invoice was issued, under its number. The same again is answered like the first and changes nothing. Refused
 * when another number is noted (a wrong one is corrected, by `correctInvoice`), when it no longer waits for that, when
 * cards went back since its amount was read (what was issued is then for too much), and under the number of the one that it
 * replaces.
 */
export async function markInvoiceIssued(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { invoiceId, amountMinor, number, actor }: IssuedInvoice,
): Promise<Result<undefined, InvoiceRefusal>> {
  const id = parseId('inv', invoiceId);
  if (!id) return refuse({ code: 'not_waiting' });
  return transaction(db, async (tx) => {
    const before = await tx.invoice.findUnique({ where: { id }, select: { number: true } });
    const replaces = before?.number ?? null;
    const waiting = { id, state: 'requested', amountMinor, number: replaces, purchase: { state: 'issued' } };
    const data = { state: 'issued', number, issuedAt: now };
    const { count } =
      replaces === number ? { count: 0 } : await tx.invoice.updateMany({ where: waiting, data });
    if (count === 0) {
      const found = await tx.invoice.findUnique({ where: { id } });
      return found?.amountMinor === amountMinor ? issuedAlready(found, number) : refuse(NOT_WAITING);
    }
    const subject = { type: 'invoice', id };
    const detail = replaces === null ? { number } : { number, replaces };
    await recordAudit(tx, { at: now, actor, action: 'invoice.issued', subject, detail });
    return ok();
  });
}

const NOT_WAITING = { code: 'not_waiting' } as const;

function issuedAlready(
  found: { readonly state: string; readonly number: string | null; readonly issuedAt: Date | null },
  number: string,
): Result<undefined, InvoiceRefusal> {
  const { state, issuedAt } = found;
  // One that waits to be issued anew has the number of the one before it.
  if (state === 'requested' && found.number === number) return refuse({ code: 'own_number' });
  if (found.number === null || issuedAt === null) return refuse(NOT_WAITING);
  if (found.number === number) return ok();
  return refuse(state === 'issued' ? { code: 'other_number', noted: found.number } : NOT_WAITING);
}

export interface ReversedInvoice {
  readonly invoiceId: string;
  /** Of the invoice that reverses it. */
  readonly number: string;
  readonly actor: ShippingActor;
}

/**
 * Notes by which invoice one was reversed. The same again is answered like the first and changes nothing. Refused when another
 * number is noted, when it does not wait for that, and by its own number.
 */
export async function markInvoiceReversed(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { invoiceId, number, actor }: ReversedInvoice,
): Promise<Result<undefined, InvoiceRefusal>> {
  const id = parseId('inv', invoiceId);
  if (!id) return refuse({ code: 'not_waiting' });
  return transaction(db, async (tx) => {
    const { count } = await tx.invoice.updateMany({
      where: { id, ...TO_REVERSE, NOT: { number } },
      data: { reversalNumber: number, reversedAt: now },
    });
    if (count === 0) return reversedAlready(await tx.invoice.findUnique({ where: { id } }), number);
    const subject = { type: 'invoice', id };
    await recordAudit(tx, { at: now, actor, action: 'invoice.reversed', subject, detail: { number } });
    return ok();
  });
}

/** Only one that was issued has a number. */
export const TO_REVERSE = { state: 'cancelled', number: { not: null }, reversedAt: null };

function reversedAlready(
  found: {
    readonly state: string;
    readonly number: string | null;
    readonly reversalNumber: string | null;
  } | null,
  number: string,
): Result<undefined, InvoiceRefusal> {
  if (found?.state !== 'cancelled' || found.number === null) return refuse(NOT_WAITING);
  const noted = found.reversalNumber;
  if (noted === number) return ok();
  if (found.number === number) return refuse({ code: 'own_number' });
  return refuse(noted === null ? NOT_WAITING : { code: 'other_number', noted });
}
