import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { ok, parseId, type Result, refuse } from '@/lib/kernel';
import type { SalesContext } from './context';
import type { InvoiceRefusal } from './model';
import type { ShippingActor } from './ship-cards';

export interface InvoiceCorrection {
  readonly invoiceId: string;
  /** The invoice's own number, or that of the one that reversed it. */
  readonly which: 'number' | 'reversalNumber';
  /** The wrong one, as it was read. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly actor: ShippingActor;
}

/**
 * Puts the right number in place of one that was noted wrongly. Nothing else of the invoice changes: not its state, nor when it
 * was noted. Who did it, why, and both numbers go into the audit. The same again is answered like the first. Refused when
 * `from` is not what is noted, and when the invoice would be reversed by itself.
 */
export async function correctInvoice(
  { db, now }: Pick<SalesContext, 'db' | 'now'>,
  { invoiceId, which, from, to, reason, actor }: InvoiceCorrection,
): Promise<Result<undefined, InvoiceRefusal>> {
  const id = parseId('inv', invoiceId);
  if (!id) return refuse({ code: 'not_waiting' });
  const wrong =
    which === 'number'
      ? { number: from, OR: [{ reversalNumber: null }, { reversalNumber: { not: to } }] }
      : { reversalNumber: from, number: { not: to } };
  const data = which === 'number' ? { number: to } : { reversalNumber: to };
  return transaction(db, async (tx) => {
    const { count } =
      from === to ? { count: 0 } : await tx.invoice.updateMany({ where: { id, ...wrong }, data });
    if (count === 0) {
      const noted = (await tx.invoice.findUnique({ where: { id } }))?.[which];
      if (noted === to) return ok();
      if (noted === from) return refuse({ code: 'own_number' });
      return refuse(noted ? { code: 'other_number', noted } : { code: 'not_waiting' });
    }
    const subject = { type: 'invoice', id };
    const detail = { what: which, from, to };
    await recordAudit(tx, { at: now, actor, action: 'invoice.corrected', subject, reason, detail });
    return ok();
  });
}
