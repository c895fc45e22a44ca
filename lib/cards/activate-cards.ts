import { invariant, ok } from '@/lib/kernel';
import { expiryFor, findPolicyPack } from '@/lib/policy';
import { FORGOTTEN } from './kept-secrets';
import type { Card, MoveRefusal, Programme } from './model';
import { type CardActor, type MoveContext, moveCard } from './move-card';
import { listProgrammes, unactivatedCardsOf } from './store';

export interface ActivationReport {
  readonly activated: number;
  /** The cards that were not, with why; the others are activated all the same. */
  readonly refused: readonly { readonly cardId: string; readonly refusal: MoveRefusal }[];
}

/**
 * Activates cards (激活) that were made to be sold later. Their validity begins now, so that the buyer has all of it:
 * a card's last day may move back, never forward.
 */
export async function activateCards(
  context: MoveContext & { readonly zone: string },
  request: {
    readonly cardIds: readonly string[];
    /** null: the system itself. */
    readonly actor: CardActor | null;
    readonly reason: string | null;
  },
): Promise<ActivationReport> {
  const { actor, reason } = request;
  const programmes = await listProgrammes(context.db);
  const expiries = new Map(programmes.map((programme) => [programme.id, expiryFrom(programme, context)]));
  const refused: { cardId: string; refusal: MoveRefusal }[] = [];
  for (const cardId of request.cardIds) {
    const result = await moveCard(context, 'activate', {
      cardId,
      actor,
      reason,
      plan: async (card) =>
        ok({ set: { expiresAt: laterExpiry(card, expiries)?.toISOString() ?? null, ...FORGOTTEN } }),
    });
    if (!result.ok) refused.push({ cardId, refusal: result.refusal });
  }
  return { activated: request.cardIds.length - refused.length, refused };
}

/** Activates every card of a batch that waits for it. */
export async function activateBatch(
  context: MoveContext & { readonly zone: string },
  batchId: string,
): Promise<ActivationReport> {
  const cardIds = await unactivatedCardsOf(context.db, batchId);
  return activateCards(context, { cardIds, actor: null, reason: null });
}

/** The first instant after the last good day of a card that is activated now. */
export function expiryAtActivation(
  card: Card,
  programme: Programme,
  at: { readonly now: Date; readonly zone: string },
): Date | null {
  return laterExpiry(card, new Map([[programme.id, expiryFrom(programme, at)]]));
}

function expiryFrom(programme: Programme, { now, zone }: { now: Date; zone: string }): Date | null {
  const pack = findPolicyPack(programme.policyPack);
  const expiry = pack && expiryFor(pack, programme, { activatedAt: now, zone });
  invariant(expiry?.ok, `the validity of ${programme.id} is lawful: its cards were issued under it`);
  return expiry.value;
}

function laterExpiry(card: Card, expiries: ReadonlyMap<string, Date | null>): Date | null {
  const fresh = expiries.get(card.programmeId) ?? null;
  if (card.expiresAt === null || fresh === null) return null;
  return new Date(Math.max(fresh.getTime(), card.expiresAt.getTime()));
}
