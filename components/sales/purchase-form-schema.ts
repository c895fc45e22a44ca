import * as z from 'zod/mini';
import { giftPlanProblems, giftPlanShape } from '@/lib/gifts/schemas';
import { reviewProblems, reviewShape } from '@/lib/sales/review-form';

/** The review of a purchase with the plan of its gifts, which is judged only when it is one. */
export const purchaseFormSchema = z.object({ ...giftPlanShape, ...reviewShape }).check((context) => {
  const fields = context.value;
  const problems = [
    ...(fields.purpose === 'gift' ? giftPlanProblems(fields) : []),
    ...reviewProblems(fields),
  ];
  for (const { field, code } of problems) {
    context.issues.push({ code: 'custom', input: fields[field], path: [field], message: code });
  }
});
export type PurchaseFields = z.infer<typeof purchaseFormSchema>;
