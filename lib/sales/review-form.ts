import * as z from 'zod/mini';
import { documentNumber, isCompanyCode } from './document';
import { IDENTITY_KINDS, PURPOSES } from './model';
import { THEME_IDS } from './themes';

const text = () => z._default(z.string(), '');

/** What the review of a purchase asks beside the choice. */
export const reviewShape = {
  idempotencyKey: z.string(),
  programme: z.string(),
  faceMinor: z.string().check(z.regex(/^[1-9]\d{0,14}$/)),
  quantity: z.string().check(z.regex(/^[1-9]\d{0,3}$/)),
  art: z.enum(THEME_IDS),
  purpose: z.enum(PURPOSES),
  expectedTotalMinor: z.string().check(z.regex(/^\d{1,15}$/)),
  buyer: z.catch(z.enum(['individual', 'company']), 'individual'),
  identityKind: z.catch(z.enum(IDENTITY_KINDS), 'id_card'),
  identityName: text(),
  identityNumber: text(),
  /** `1`: the buyer is asked who they are. */
  identityAsked: text(),
  shipRecipient: text(),
  shipPhone: text(),
  shipAddress: text(),
  /** `on`: an invoice is wanted. */
  invoice: text(),
  invoiceTitle: text(),
  invoiceTaxNumber: text(),
  invoiceEmail: text(),
};

const review = z.object(reviewShape);
export type ReviewFields = z.infer<typeof review>;

export interface ReviewProblem {
  readonly field: keyof ReviewFields;
  readonly code: string;
}

/** Everything that is wrong with the fields of a review, in their order. Codes; their sentences stand in `sales.errors`. */
export function reviewProblems(fields: ReviewFields): ReviewProblem[] {
  return [...identityProblems(fields), ...shippingProblems(fields), ...invoiceProblems(fields)];
}

function identityProblems(fields: ReviewFields): ReviewProblem[] {
  const { identityAsked, identityKind, identityName, identityNumber } = fields;
  const empty = identityName.trim() === '' && identityNumber.trim() === '';
  if (identityAsked !== '1' && empty) return [];
  const problems: ReviewProblem[] = [];
  if (identityName.trim() === '') problems.push({ field: 'identityName', code: 'identity_name_missing' });
  if (documentNumber(identityKind, identityNumber) === null)
    problems.push({ field: 'identityNumber', code: 'identity_number_invalid' });
  return problems;
}

function shippingProblems(fields: ReviewFields): ReviewProblem[] {
  if (fields.purpose !== 'ship') return [];
  const problems: ReviewProblem[] = [];
  if (fields.shipRecipient.trim() === '')
    problems.push({ field: 'shipRecipient', code: 'ship_recipient_missing' });
  if (!/^\+?[\d\s-]{7,20}$/.test(fields.shipPhone.normalize('NFKC').trim()))
    problems.push({ field: 'shipPhone', code: 'ship_phone_invalid' });
  if (fields.shipAddress.trim().length < 6)
    problems.push({ field: 'shipAddress', code: 'ship_address_missing' });
  return problems;
}

function invoiceProblems(fields: ReviewFields): ReviewProblem[] {
  if (fields.invoice !== 'on') return [];
  const problems: ReviewProblem[] = [];
  if (fields.invoiceTitle.trim() === '')
    problems.push({ field: 'invoiceTitle', code: 'invoice_title_missing' });
  const taxNumber = fields.invoiceTaxNumber.trim().toUpperCase();
  // A company's invoice names its tax number; a person's does not have one.
  if (taxNumber === '' ? fields.buyer === 'company' : !isCompanyCode(taxNumber))
    problems.push({ field: 'invoiceTaxNumber', code: 'invoice_tax_number_invalid' });
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.invoiceEmail.trim()))
    problems.push({ field: 'invoiceEmail', code: 'invoice_email_invalid' });
  return problems;
}
