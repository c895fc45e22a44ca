/** `from → to`, and the action, job or clock step that causes it. `[*]` is before the beginning. */
export type Transition = readonly [from: string, to: string, by: string];

/**
 * Every allowed transition, one list for each diagram in docs/card-life.md; a test compares the page. A transition that a
 * campaign sees in the database and that is not listed here fails it, and a long campaign must see all of these.
 */
export const TRANSITIONS = {
  /** `unbound`: active without a holder; `frozen`: by its holder; `stopped`: frozen by the issuer; `lost`: reported lost. */
  card: [
    ['[*]', 'issued', 'issue'],
    ['[*]', 'issued', 'sell'],
    ['[*]', 'unbound', 'issue'],
    ['[*]', 'active', 'sell'],
    ['issued', 'unbound', 'activate'],
    ['issued', 'active', 'claim'],
    ['issued', 'active', 'revoke'],
    ['issued', 'active', 'return unclaimed'],
    ['issued', 'closed', 'withdraw purchase'],
    ['unbound', 'active', 'bind'],
    ['unbound', 'stopped', 'stop'],
    ['unbound', 'closed', 'withdraw purchase'],
    ['active', 'frozen', 'freeze'],
    ['active', 'stopped', 'stop'],
    ['active', 'lost', 'report loss'],
    ['active', 'closed', 'close'],
    ['active', 'closed', 'withdraw purchase'],
    ['frozen', 'active', 'unfreeze'],
    ['frozen', 'active', 'release'],
    ['frozen', 'stopped', 'stop'],
    ['frozen', 'lost', 'report loss'],
    ['frozen', 'closed', 'close'],
    ['stopped', 'unbound', 'release'],
    ['stopped', 'active', 'release'],
    ['stopped', 'lost', 'report loss'],
    ['lost', 'active', 'take back request'],
    ['lost', 'active', 'reissue'],
    ['lost', 'frozen', 'take back request'],
    ['lost', 'frozen', 'reissue'],
    ['lost', 'stopped', 'take back request'],
    ['lost', 'stopped', 'reissue'],
    ['lost', 'stopped', 'refuse request'],
    ['closed', 'active', 'reopen'],
    ['closed', 'frozen', 'reopen'],
  ],
  /** `good`: before the end of the last day; then `ended` while value is on the card, `dormant` once it is off, or `empty`. */
  value: [
    ['[*]', 'good', 'issue'],
    ['[*]', 'good', 'sell'],
    ['good', 'ended', 'last day passes'],
    ['good', 'empty', 'last day passes'],
    ['ended', 'dormant', 'expire'],
    ['ended', 'dormant', 'settle'],
    ['ended', 'empty', 'settle'],
    ['ended', 'good', 'extend'],
    ['ended', 'good', 'exchange'],
    ['ended', 'good', 'grant exchange'],
    ['dormant', 'good', 'extend'],
    ['dormant', 'good', 'exchange'],
    ['dormant', 'good', 'grant exchange'],
    ['dormant', 'ended', 'refund'],
    ['dormant', 'empty', 'lapse'],
    ['empty', 'ended', 'refund'],
    ['empty', 'good', 'extend'],
  ],
  request: [
    ['[*]', 'open', 'report loss'],
    ['[*]', 'open', 'ask extension'],
    ['[*]', 'open', 'exchange'],
    ['[*]', 'approved', 'exchange'],
    ['open', 'approved', 'reissue'],
    ['open', 'approved', 'extend'],
    ['open', 'approved', 'grant exchange'],
    ['open', 'refused', 'refuse request'],
    ['open', 'withdrawn', 'take back request'],
  ],
  gift: [
    ['[*]', 'scheduled', 'sell'],
    ['scheduled', 'sent', 'deliver'],
    ['scheduled', 'revoked', 'revoke'],
    ['scheduled', 'revoked', 'withdraw purchase'],
    ['scheduled', 'returned', 'return unclaimed'],
    ['sent', 'opened', 'open'],
    ['sent', 'claimed', 'claim'],
    ['sent', 'revoked', 'revoke'],
    ['sent', 'revoked', 'withdraw purchase'],
    ['sent', 'returned', 'return unclaimed'],
    ['opened', 'claimed', 'claim'],
    ['opened', 'revoked', 'revoke'],
    ['opened', 'revoked', 'withdraw purchase'],
    ['opened', 'returned', 'return unclaimed'],
  ],
} as const satisfies Record<string, readonly Transition[]>;

export type Machine = keyof typeof TRANSITIONS;
export const MACHINES = ['card', 'value', 'request', 'gift'] as const satisfies readonly Machine[];

/** A transition as a line of a `stateDiagram-v2`. */
export function lineOf([from, to, by]: Transition): string {
  return `${from} --> ${to} : ${by}`;
}

/** The name under which a campaign's tally counts a transition. */
export function countedAs(machine: Machine, transition: Transition): string {
  return `${machine}: ${lineOf(transition)}`;
}

const ALL = MACHINES.flatMap((machine) =>
  TRANSITIONS[machine].map((transition) => countedAs(machine, transition)),
);

export function isDocumented(counted: string): boolean {
  return ALL.includes(counted);
}

/** The listed transitions that were never seen. */
export function notReached(seen: ReadonlyMap<string, number>): string[] {
  return ALL.filter((counted) => !seen.has(counted));
}
