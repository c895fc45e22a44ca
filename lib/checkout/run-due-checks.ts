import { plusMs } from '@/lib/kernel';
import { checkPayment } from './check-payment';
import { checkRefund } from './check-refund';
import type { CheckoutContext } from './model';
import { claimPayment, claimRefund, duePayments, dueRefunds } from './store';

/** How long a claimed payment or refund is left to the worker that claimed it; after a crash another takes it. */
const CLAIM_MS = 15_000;
const BATCH = 20;

/**
 * What the worker does again and again: looks at every payment and refund whose time has come. Any number of workers
 * may do it at once. A failure of one does not keep the others waiting. `more` says that there was more than one turn
 * takes.
 */
export async function runDueChecks(
  context: CheckoutContext,
  onFailure: (subject: string, error: unknown) => void,
): Promise<{ readonly handled: number; readonly more: boolean }> {
  const { db, now } = context;
  const until = plusMs(now, CLAIM_MS);
  const payments = await duePayments(db, now, BATCH);
  const refunds = await dueRefunds(db, now, BATCH);
  const work = [
    ...payments.map((due) => async () => {
      if (await claimPayment(db, due, until)) await checkPayment(context, due.id);
      return due.id;
    }),
    ...refunds.map((due) => async () => {
      if (await claimRefund(db, due, until)) await checkRefund(context, due.id);
      return due.id;
    }),
  ];
  const subjects = [...payments, ...refunds].map(({ id }) => id);
  const results = await Promise.allSettled(work.map((each) => each()));
  results.forEach((result, index) => {
    if (result.status === 'rejected') onFailure(subjects[index] ?? '', result.reason);
  });
  return { handled: results.length, more: payments.length === BATCH || refunds.length === BATCH };
}
