/** `from → to`, and what makes it: a deed of deeds/, a job, or the clock. `[*]` is where a life begins. */
export type Drawn = readonly [from: string, to: string, by: string];

/**
 * What docs/card-life.md draws, one list for each of its diagrams. The campaign takes every transition that it sees in the
 * database from here, and all of these must be seen; a test compares the page.
 */
export const DRAWN = {
  /** In whose hands a card is, and whether it pays. `frozen` by its holder, `stopped` by the issuer, `lost` is reported. */
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
  /** Where a card's value is: `good` before the end of its last day, then `ended` on it, `dormant` beside it, or `empty`. */
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
} as const satisfies Record<string, readonly Drawn[]>;

export type Machine = keyof typeof DRAWN;
export const MACHINES = ['card', 'value', 'request', 'gift'] as const satisfies readonly Machine[];

/** A transition as a line of a `stateDiagram-v2`. */
export function lineOf([from, to, by]: Drawn): string {
  return `${from} --> ${to} : ${by}`;
}

/** The name under which a campaign's tally counts a transition. */
export function countedAs(machine: Machine, transition: Drawn): string {
  return `${machine}: ${lineOf(transition)}`;
}

const ALL = MACHINES.flatMap((machine) => DRAWN[machine].map((transition) => countedAs(machine, transition)));

export function isDrawn(counted: string): boolean {
  return ALL.includes(counted);
}

/** The transitions that were drawn and never seen. */
export function notReached(seen: ReadonlyMap<string, number>): string[] {
  return ALL.filter((counted) => !seen.has(counted));
}
