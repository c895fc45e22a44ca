/**
 * The chart of accounts. Codes of one thousand belong together: 1 assets, 2 what is owed, 4 income, 5 expense,
 * 9 clearing. Only a card's account is limited: it may never be overdrawn. `companyFloat`, `breakage` and `fees` are opened
 * with the others, and no movement touches them.
 */
export const accountCodes = {
  custodyCash: 1010,
  gatewayReceivable: 1020,
  card: 2010,
  dormant: 2020,
  merchantPayable: 2030,
  companyFloat: 2040,
  breakage: 4010,
  fees: 4020,
  discount: 5010,
  promotion: 5020,
  suspense: 9010,
} as const;

export type AccountKind = keyof typeof accountCodes;

/** Every allowed movement: its code, the account debited and the account credited. Anything else is refused. */
export const movements = {
  /** Prepaid value is sold: cash comes into custody, the card is owed it. */
  issue: { code: 101, debit: 'custodyCash', credit: 'card' },
  /** A promotional card is given away at the issuer's expense. */
  promote: { code: 102, debit: 'promotion', credit: 'card' },
  /** Value of cards that an older system issued; cleared when that system hands its custody over. */
  takeOver: { code: 103, debit: 'suspense', credit: 'card' },
  /** Cards that were ordered at the card counter and paid: what the counter is owed becomes value on the card. */
  issueSold: { code: 104, debit: 'merchantPayable', credit: 'card' },
  /** The part of a sold card's face value that its discount gives. */
  discountSold: { code: 105, debit: 'discount', credit: 'card' },
  /** An unused card that its buyer hands back: the counter is owed its price again, and refunds it. */
  withdrawSold: { code: 106, debit: 'card', credit: 'merchantPayable' },
  /** … and the discount is taken back. */
  withdrawDiscount: { code: 107, debit: 'card', credit: 'discount' },
  /** A card pays a merchant. */
  spend: { code: 201, debit: 'card', credit: 'merchantPayable' },
  /** The other method pays a merchant. */
  collect: { code: 202, debit: 'gatewayReceivable', credit: 'merchantPayable' },
  /** Goods come back: value returns to the card that paid. */
  refundCard: { code: 301, debit: 'merchantPayable', credit: 'card' },
  /** Goods come back: the other method's part returns through the gateway. */
  refundExternal: { code: 302, debit: 'merchantPayable', credit: 'gatewayReceivable' },
  /** Money that arrived after its payment was given up. */
  lateIn: { code: 311, debit: 'gatewayReceivable', credit: 'suspense' },
  /** … and goes back. */
  lateOut: { code: 312, debit: 'suspense', credit: 'gatewayReceivable' },
  /** An expired card's value: still owed. */
  expire: { code: 401, debit: 'card', credit: 'dormant' },
  /** Extended or exchanged: dormant value lives again. */
  revive: { code: 402, debit: 'dormant', credit: 'card' },
  /** Given value that the operator lets end, where the policy allows it. */
  lapse: { code: 403, debit: 'dormant', credit: 'promotion' },
} as const satisfies Record<string, { code: number; debit: AccountKind; credit: AccountKind }>;

export type Movement = keyof typeof movements;

/** The movement of a code, as stored on a transfer; `null` for a code that the chart does not have. */
export function movementOfCode(code: number): Movement | null {
  const found = Object.entries(movements).find(([, movement]) => movement.code === code);
  return found ? (found[0] as Movement) : null;
}
