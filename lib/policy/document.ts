import {
  CARD_KINDS,
  type CardKind,
  type PolicyPack,
  type PolicyRules,
  type Rule,
  type ValidityTerms,
} from './model';

/**
 * Where each rule is shown to hold: the file, and the words that its test's title has. Custody, records, cash refunds and
 * filing are worked out by this domain alone: no operation asks for them.
 */
export const RULE_TESTS: Readonly<
  Record<keyof PolicyRules, { readonly file: string; readonly title: string }>
> = {
  maxValueMinor: {
    file: 'lib/policy/limits.test.ts',
    title: 'card may be issued with exactly the limit and not a fen more',
  },
  validity: {
    file: 'lib/policy/validity.test.ts',
    title: 'a named card never ends, an anonymous one not before three years',
  },
  expiredValue: {
    file: 'lib/policy/validity.test.ts',
    title: 'what is left on an expired card comes back on request',
  },
  lostCard: {
    file: 'lib/policy/requests.test.ts',
    title: 'a lost named card is replaced, an anonymous one is not',
  },
  extensionMaxMonths: {
    file: 'lib/policy/requests.test.ts',
    title: 'an extension ends after today and after the old end, and not beyond the limit',
  },
  replacementFeeMinor: { file: 'lib/policy/requests.test.ts', title: 'no pack asks a fee for a replacement' },
  requestAnswerDays: {
    file: 'lib/policy/requests.test.ts',
    title: 'a request is answered by the end of the seventh day',
  },
  realNameFromMinor: {
    file: 'lib/sales/buy.db.test.ts',
    title: 'just below the threshold nobody is asked, at it everybody',
  },
  nonCashFromMinor: {
    file: 'lib/sales/weigh-sale.test.ts',
    title: 'cash is refused from the threshold of the day on',
  },
  nonCashOffSiteFromMinor: { file: 'lib/policy/document.test.ts', title: 'off site no cash is taken at all' },
  dayPurchaseMaxMinor: {
    file: 'lib/sales/buy.db.test.ts',
    title: 'one person under two accounts is one buyer: the limit of the day counts both',
  },
  recordYears: { file: 'lib/policy/validity.test.ts', title: 'records are kept for five years' },
  custodyBasisPoints: {
    file: 'lib/policy/another-country.test.ts',
    title: 'another country is a pack of data',
  },
  cashRefundMaxMinor: {
    file: 'lib/policy/document.test.ts',
    title: 'cash for a refunded card ends at the limit',
  },
  goodsReturn: {
    file: 'lib/checkout/refund.db.test.ts',
    title: 'a whole order goes back to the card and to Alipay, each what it paid',
  },
  withdrawalDays: {
    file: 'lib/sales/withdraw.db.test.ts',
    title: 'until the end of the seventh day, by a consumer',
  },
  filing: { file: 'lib/policy/packs.test.ts', title: 'cn-2012 holds the limits of the measures' },
};

/** The words that a rule is told to people with, in one language. */
export interface Wording {
  readonly message: (key: string, values: Readonly<Record<string, string | number>>) => string;
  readonly money: (minor: bigint) => string;
}

/**
 * `docs/policy.md`: every rule of every pack, what a person reads, where it comes from and how well that is known, and the
 * test that shows it.
 */
export function policyDocument(packs: readonly PolicyPack[], wording: Wording): string {
  const parts = packs.map((pack) => {
    const rows = ruleRows(pack).map((row) => line(row, wording));
    return [`## ${pack.id}`, '', HEADER, ...rows, ''].join('\n');
  });
  return [INTRODUCTION, ...parts].join('\n');
}

function line(row: RuleRow, { message, money }: Wording): string {
  const { rule, field } = row;
  const { source, value } = rule;
  const text =
    value === null || value === 'operator_decides'
      ? '—'
      : message(rule.messageKey, messageValues(row, money)).replaceAll('|', '/');
  const origin = source.instruments.length === 0 ? 'the house' : source.instruments.join(', ');
  const cells = [
    `\`${rule.id}\``,
    text,
    origin,
    source.articles ?? '—',
    [source.evidence.replaceAll('_', ' '), ...(source.note ? [source.note] : [])].join('. '),
    `[${RULE_TESTS[field].title}](../${RULE_TESTS[field].file})`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEADER =
  '| rule | what a person reads | from | article | how well it is known | shown by |\n|---|---|---|---|---|---|';

const INTRODUCTION = `# Policy packs

Written by \`npm run docs:policy\` from \`lib/policy\`; a test fails when it is out of date. A dash stands for a rule that the
pack leaves open. "How well it is known" says how the wording was read: the weaker, the more a lawyer should look first.
`;

/** One row of the document: a rule of a pack as people read it. */
export interface RuleRow {
  readonly pack: string;
  readonly field: keyof PolicyRules;
  /** Which of several it is: a kind of card, a kind of buyer, a class of issuer. */
  readonly part: string | null;
  readonly rule: Rule<unknown>;
}

/** Every rule of a pack, in the order of its type. */
export function ruleRows(pack: PolicyPack): RuleRow[] {
  return entriesOf(pack.rules).flatMap(({ field, value }): RuleRow[] => {
    if (isRule(value)) return [{ pack: pack.id, field, part: null, rule: value }];
    return Object.entries(value).flatMap(([part, rule]) =>
      isRule(rule) ? [{ pack: pack.id, field, part, rule }] : [],
    );
  });
}

/** What fills the placeholders of a rule's message, as text; amounts by `money`. */
export function messageValues(
  { rule, part }: RuleRow,
  money: (minor: bigint) => string,
): Readonly<Record<string, string | number>> {
  const { value } = rule;
  const kind: CardKind | undefined = CARD_KINDS.find((each) => each === part);
  const base = kind ? { kind } : {};
  if (typeof value === 'bigint') {
    return { ...base, limit: money(value), percent: `${Number(value) / 100}%` };
  }
  if (typeof value === 'number') return { ...base, years: value, days: value, months: value };
  if (isValidity(value)) return { ...base, ...monthsOf(value) };
  if (typeof value === 'object' && value !== null && 'withinDays' in value)
    return { ...base, days: Number(value.withinDays) };
  return base;
}

function monthsOf({ months }: ValidityTerms): Record<string, string | number> {
  if (months === null) return {};
  if ('oneOf' in months) return { months: months.oneOf.join(' / ') };
  return { months: months.from, from: months.from, to: months.to ?? '…' };
}

function entriesOf(rules: PolicyRules): { field: keyof PolicyRules; value: object }[] {
  return FIELDS.map((field) => ({ field, value: rules[field] }));
}

const FIELDS = [
  'maxValueMinor',
  'validity',
  'expiredValue',
  'lostCard',
  'extensionMaxMonths',
  'replacementFeeMinor',
  'requestAnswerDays',
  'realNameFromMinor',
  'nonCashFromMinor',
  'nonCashOffSiteFromMinor',
  'dayPurchaseMaxMinor',
  'recordYears',
  'custodyBasisPoints',
  'cashRefundMaxMinor',
  'goodsReturn',
  'withdrawalDays',
  'filing',
] as const satisfies readonly (keyof PolicyRules)[];

function isRule(value: unknown): value is Rule<unknown> {
  return typeof value === 'object' && value !== null && 'messageKey' in value && 'source' in value;
}

function isValidity(value: unknown): value is ValidityTerms {
  return typeof value === 'object' && value !== null && 'unlimited' in value && 'months' in value;
}
