// The code that Stryker changes, in pieces of a few minutes, and the tests that judge each: a folder's own, those that
// need no database apart from those that do. Some are left out: those that repeat on purpose what others show once, and
// those of another piece's code.

const pure = {
  policy: null,
  checkout: [
    ...['quote', 'quote-flow', 'quote-reasons', 'quote-ranking', 'quote-untangle', 'refund-allocation'],
    ...['payment-states', 'tender-states', 'refund-states', 'schemas', 'model'],
  ],
};

const without = {
  policy: [],
  ledger: ['together'],
  checkout: [
    ...['crash', 'many-at-once', 'races', 'clock', 'references', 'outage'],
    ...['quote', 'quote-day-limit', 'quote-messages', 'quote-optimum', 'quote-untangle'],
    ...['refund-allocation', 'schemas', 'states'],
  ],
};
const sealTests = ['seals', 'seal-differences', 'seal-transfers', 'verify-seals', 'checkpoint'];
const viewTests = ['views', 'checkout-view', 'story', 'store'];
const readTests = [...viewTests, 'audit-payments'];
const endTests = ['check-payment', 'neighbours', 'run-due-checks', 'due-batches'];

/** @type {import('./pieces.d.mts').Piece[]} */
export const pieces = [
  piece('policy', null, { withDatabase: false }),
  piece('ledger-core', ['accounts', 'commit', 'statement', 'chart', 'model'], { without: sealTests }),
  piece('ledger-audit', ['audit', 'audit-checks'], {
    without: [...sealTests, 'posting', 'accounts', 'model'],
  }),
  piece(
    'ledger-seals',
    [
      ...['checkpoint', 'seal-dialect', 'seal-differences', 'seal-format', 'seal-store', 'seal-transfers'],
      ...['seals-sqlite', 'verify-seals'],
    ],
    { without: ['invariants', 'posting', 'accounts', 'audit', 'model'] },
  ),
  piece('checkout-pure', pure.checkout, { withDatabase: false }),
  piece('checkout-pay', ['pay-order', 'reserve-payment', 'load-checkout', 'movements', 'move-payment'], {
    without: [...readTests, ...endTests, 'refund', 'check-refund'],
  }),
  piece(
    'checkout-end',
    ['check-payment', 'settle-payment', 'late-money', 'run-due-checks', 'notification-handler'],
    { without: [...readTests, 'refund', 'check-refund', 'day-limit', 'payment'] },
  ),
  piece('checkout-refund', ['refund-payment', 'refund-unit', 'check-refund'], {
    without: [...readTests, ...endTests, 'payment', 'pay-order', 'day-limit'],
  }),
  piece('checkout-read', ['store', 'story-store', 'payment-summary', 'views', 'current-context'], {
    without: [
      ...['refund', 'check-refund', 'payment', 'pay-order', 'day-limit', 'edges', 'audit-payments'],
      ...['check-payment', 'run-due-checks', 'due-batches'],
    ],
  }),
  // SQL that every other test runs at its end and few of them judge: with these a change costs minutes.
  piece('checkout-audit', ['audit-payments'], {
    without: [
      ...['refund', 'check-refund', 'refund-unit', 'payment', 'pay-order', 'pay-at-once', 'proceed'],
      ...['reserve-payment', 'settle-payment', 'notification-handler'],
      ...['day-limit', 'edges', ...viewTests, ...endTests],
    ],
  }),
];

/** `name` begins with the folder; `without`: more tests to leave out. The pure pieces run what needs no database. */
function piece(name, files, { withDatabase = true, without: more = [] } = {}) {
  const [domain] = name.split('-');
  const left = withDatabase ? [...without[domain], ...more] : more;
  return { name, folder: `lib/${domain}`, files, withDatabase, without: left };
}

export const pieceOf = (name) => pieces.find((each) => each.name === name) ?? pieces[0];
