// The code that Stryker changes, in pieces of a few minutes, and the tests that judge each: a folder's own, those that
// need no database apart from those that do. `slow` tests repeat on purpose what others show once, and are left out.

const pure = {
  policy: null,
  ledger: ['chart', 'model', 'seal-format'],
  checkout: [
    ...['quote', 'quote-flow', 'quote-reasons', 'quote-ranking', 'quote-untangle', 'refund-allocation'],
    ...['payment-states', 'tender-states', 'refund-states', 'schemas', 'model'],
  ],
};

const slow = {
  policy: [],
  ledger: ['together', 'growth'],
  checkout: ['crash', 'many-at-once', 'races', 'clock', 'references'],
};

/** @type {{ name: string, folder: string, files: string[] | null, withDatabase: boolean, slow: string[] }[]} */
export const pieces = [
  piece('policy', 'policy', null, false),
  piece('ledger-core', 'ledger', ['accounts', 'commit', 'statement', ...pure.ledger.slice(0, 2)]),
  piece('ledger-audit', 'ledger', ['audit', 'audit-checks']),
  piece('ledger-seals', 'ledger', [
    ...['checkpoint', 'seal-dialect', 'seal-differences', 'seal-format', 'seal-store', 'seal-transfers'],
    ...['seals-sqlite', 'verify-seals'],
  ]),
  piece('checkout-pure', 'checkout', pure.checkout, false),
  piece('checkout-pay', 'checkout', [
    'pay-order',
    'reserve-payment',
    'load-checkout',
    'movements',
    'move-payment',
  ]),
  piece('checkout-end', 'checkout', [
    'check-payment',
    'settle-payment',
    'late-money',
    'payment-desk',
    'run-due-checks',
  ]),
  piece('checkout-refund', 'checkout', ['refund-payment', 'refund-unit', 'check-refund']),
  piece('checkout-read', 'checkout', [
    'store',
    'story-store',
    'payment-summary',
    'views',
    'audit-payments',
    'current-context',
  ]),
];

function piece(name, domain, files, withDatabase = true) {
  return { name, folder: `lib/${domain}`, files, withDatabase, slow: slow[domain] };
}

export const pieceOf = (name) => pieces.find((each) => each.name === name) ?? pieces[0];
