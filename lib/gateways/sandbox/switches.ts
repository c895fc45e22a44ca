import { z } from 'zod';

/** The calls whose answers the sandbox can lose or forge. */
export const SANDBOX_CALLS = ['query', 'close', 'refund', 'refund_query'] as const;
export type SandboxCall = (typeof SANDBOX_CALLS)[number];

export const NOTIFY_MODES = ['once', 'duplicate', 'late', 'out_of_order', 'never'] as const;
export const FORGERIES = ['signature', 'amount', 'app_id'] as const;
export type Forgery = (typeof FORGERIES)[number];

/** How the sandbox misbehaves; what is absent works normally. */
export const switchesSchema = z.strictObject({
  /** Every call is answered with HTTP 503. */
  down: z.boolean().optional(),
  /** Every answer comes this much later. */
  slowMs: z.number().int().min(0).max(60_000).optional(),
  /** These calls are carried out, but the answer never arrives. */
  loseAnswers: z.array(z.enum(SANDBOX_CALLS)).optional(),
  /** These answers carry a signature that does not fit. */
  forgeAnswers: z.array(z.enum(SANDBOX_CALLS)).optional(),
  /**
   * How the message about a payment travels: three times at once, late, after the message about a later refund,
   * or not at all.
   */
  notify: z.enum(NOTIFY_MODES).optional(),
  /** Forged messages that arrive before the true one. All but `signature` are signed with the right key. */
  forgeNotifications: z.array(z.enum(FORGERIES)).optional(),
  /** Refunds are refused for want of balance. */
  refuseRefunds: z.boolean().optional(),
  /** A close is answered, but the trade stays open and can still be paid: money that comes too late. */
  ignoreCloses: z.boolean().optional(),
});

export type SandboxSwitches = z.infer<typeof switchesSchema>;

/** A trade's own switches win over those for all trades, one by one. */
export function mergeSwitches(forAll: SandboxSwitches, own: SandboxSwitches): SandboxSwitches {
  return { ...forAll, ...own };
}
