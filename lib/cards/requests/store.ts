import { z } from 'zod';
import { type AuditEntry, auditRow } from '@/lib/audit';
import type { Database, GuardedUpdate, Row, Tx } from '@/lib/database';
import { type Id, type IdPrefix, invariant, newId, parseId } from '@/lib/kernel';
import type { Card, Programme } from '../model';
import type { CardActor } from '../move-card';
import { type CardEventKind, cardEventRow, cardsWhere, outboxRow } from '../store';
import {
  type CardRequest,
  type FrozenBefore,
  REQUEST_KINDS,
  type RequestEvidence,
  type RequestKind,
  type RequestState,
} from './model';

type Client = Database | Tx;

/** A card with what a request weighs and changes of it. */
export interface RequestedCard {
  readonly card: Card;
  readonly programme: Programme;
  readonly holderId: Id<'usr'>;
  readonly numberHmac: string;
}

/** A card that somebody has; `null` for one that nobody has, as for one that does not exist. */
export async function findRequestedCard(client: Client, cardId: string): Promise<RequestedCard | null> {
  const id = parseId('crd', cardId);
  const row = id && (await client.card.findUnique({ where: { id }, select: { numberHmac: true } }));
  if (!row) return null;
  const [found] = await cardsWhere(client, { id: { in: [id] } });
  if (!found?.card.holderId) return null;
  return { ...found, holderId: found.card.holderId, numberHmac: row.numberHmac };
}

export async function findRequest(client: Client, requestId: string): Promise<CardRequest | null> {
  const id = parseId('req', requestId);
  const row = id && (await client.cardRequest.findUnique({ where: { id } }));
  return row && requestOf(row);
}

export async function findOpenRequest(
  client: Client,
  { cardId, kind }: { readonly cardId: string; readonly kind: RequestKind },
): Promise<CardRequest | null> {
  const row = await client.cardRequest.findFirst({ where: { cardId, kind, state: 'open' } });
  return row && requestOf(row);
}

/** The open reports of loss of these cards, by the card. */
export async function openLossesOf(
  client: Client,
  cardIds: readonly string[],
): Promise<Map<Id<'crd'>, CardRequest>> {
  const rows = await client.cardRequest.findMany({
    where: { cardId: { in: [...cardIds] }, kind: 'loss', state: 'open' },
  });
  return new Map(rows.map(requestOf).map((request) => [request.cardId, request]));
}

/** A holder's requests for a card, the latest first. */
export async function requestsFor(
  client: Client,
  where: { readonly cardId: string; readonly userId: string },
): Promise<CardRequest[]> {
  const rows = await client.cardRequest.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: REQUESTS_SHOWN,
  });
  return rows.map(requestOf);
}

const REQUESTS_SHOWN = 20;

/** Requests for the desk: open ones by their deadline, so that overdue ones stand first; decided ones latest first. */
export async function requestsAtDesk(
  client: Client,
  filter: {
    readonly open: boolean;
    readonly kind: RequestKind | null;
    readonly skip: number;
    readonly take: number;
  },
): Promise<CardRequest[]> {
  const { open, kind, skip, take } = filter;
  const rows = await client.cardRequest.findMany({
    where: { state: open ? 'open' : { not: 'open' }, ...(kind ? { kind } : {}) },
    orderBy: open ? [{ dueAt: 'asc' }, { id: 'asc' }] : [{ decidedAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  return rows.map(requestOf);
}

/** How many requests wait, and how many of them are overdue at `now`. */
export async function countOpenRequests(
  client: Client,
  now: Date,
): Promise<{ readonly open: number; readonly overdue: number }> {
  const [open, overdue] = await Promise.all([
    client.cardRequest.count({ where: { state: 'open' } }),
    client.cardRequest.count({ where: { state: 'open', dueAt: { lte: now } } }),
  ]);
  return { open, overdue };
}

/** Whether a number was ever taken from this card. */
export async function hasRetiredNumber(client: Client, cardId: string): Promise<boolean> {
  return (await client.retiredNumber.count({ where: { cardId } })) > 0;
}

export async function findSealedSecrets(
  client: Client,
  { cardId, holderId }: { readonly cardId: string; readonly holderId: string },
): Promise<{ readonly sealedNumber: string; readonly sealedPassword: string } | null> {
  const row = await client.card.findFirst({
    where: { id: cardId, holderId },
    select: { sealedNumber: true, sealedPassword: true },
  });
  const { sealedNumber, sealedPassword } = row ?? {};
  return sealedNumber && sealedPassword ? { sealedNumber, sealedPassword } : null;
}

export function requestRow(request: CardRequest): Row {
  const { createdAt, dueAt, decidedAt, evidence } = request;
  return {
    ...request,
    evidence: evidenceText(evidence),
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

/** Evidence as text. Its fields are always in the same order, so that a guard can compare it with what is stored. */
function evidenceText(evidence: RequestEvidence): string | null {
  const text = JSON.stringify(evidenceSchema.parse(evidence));
  return text === '{}' ? null : text;
}

/** Sets or lifts the freeze that holds beside an open report of loss; `undefined`: that report is no longer open. */
export function freezeBeside(
  { id, evidence }: Pick<CardRequest, 'id' | 'evidence'>,
  freeze: FrozenBefore | undefined,
): GuardedUpdate {
  return {
    table: 'CardRequest',
    key: { id },
    expect: { state: 'open', kind: 'loss', evidence: evidenceText(evidence) },
    set: { evidence: evidenceText({ ...evidence, frozenBefore: freeze }) },
  };
}

/**
 * Ends an open request, once: of any number of units that do, one commits. What lies beside a loss must be what its
 * decision went by.
 */
export function endRequest(
  { id, kind, evidence }: Pick<CardRequest, 'id' | 'kind' | 'evidence'>,
  end: {
    readonly state: Exclude<RequestState, 'open'>;
    readonly by: string | null;
    readonly answer: string | null;
    readonly now: Date;
  },
): GuardedUpdate {
  return {
    table: 'CardRequest',
    key: { id },
    expect: { state: 'open', kind, evidence: evidenceText(evidence) },
    set: {
      state: end.state,
      decidedAt: end.now.toISOString(),
      decidedById: end.by,
      answer: end.answer,
    },
  };
}

/** What happened to a request, as the card's story, its holder and the audit are to learn of it. */
export interface RequestNews {
  readonly request: Pick<CardRequest, 'id' | 'cardId' | 'userId' | 'kind'>;
  readonly actor: CardActor | null;
  /** In the words of whoever acts; the holder does not see it. */
  readonly reason: string | null;
  readonly now: Date;
  readonly event: CardEventKind | null;
  readonly topic: Parameters<typeof outboxRow>[0]['topic'] | null;
  readonly action: AuditEntry['action'];
}

/** The rows that record it: an event of the card, a message to the holder, a line of the audit. */
export function requestRecords(
  news: RequestNews,
): { table: 'CardEvent' | 'OutboxMessage' | 'AuditEvent'; rows: Row[] }[] {
  const { request, actor, reason, now, event, topic, action } = news;
  const { id: requestId, cardId, userId, kind } = request;
  return [
    {
      table: 'CardEvent' as const,
      rows:
        event === null
          ? []
          : [cardEventRow({ cardId, kind: event, actorId: actor?.id ?? null, reason, at: now })],
    },
    {
      table: 'OutboxMessage' as const,
      rows: topic === null ? [] : [outboxRow({ topic, payload: { requestId, cardId, userId }, now })],
    },
    {
      table: 'AuditEvent' as const,
      rows: [
        auditRow({
          at: now,
          actor,
          action,
          subject: { type: 'card', id: cardId },
          detail: { request: requestId, kind },
          ...(reason === null ? {} : { reason }),
        }),
      ],
    },
  ].filter(({ rows }) => rows.length > 0);
}

const evidenceSchema = z.object({
  words: z.string().optional(),
  frozenBefore: z.object({ reason: z.string().nullable(), by: z.enum(['holder', 'issuer']) }).optional(),
}) satisfies z.ZodType<RequestEvidence>;
const stateSchema = z.enum(['open', 'approved', 'refused', 'withdrawn']) satisfies z.ZodType<RequestState>;
const kindSchema = z.enum(REQUEST_KINDS);

type RequestRow = Awaited<ReturnType<Database['cardRequest']['findMany']>>[number];

function requestOf(row: RequestRow): CardRequest {
  return {
    id: idOf('req', row.id),
    cardId: idOf('crd', row.cardId),
    userId: idOf('usr', row.userId),
    kind: kindSchema.parse(row.kind),
    state: stateSchema.parse(row.state),
    statement: row.statement,
    evidence: row.evidence === null ? {} : evidenceSchema.parse(JSON.parse(row.evidence)),
    createdAt: row.createdAt,
    dueAt: row.dueAt,
    decidedAt: row.decidedAt,
    decidedById: row.decidedById,
    answer: row.answer,
  };
}

/** A request that begins now. */
export function newRequest(
  begun: Pick<CardRequest, 'cardId' | 'userId' | 'kind' | 'statement' | 'evidence' | 'dueAt'> & {
    readonly now: Date;
  },
): CardRequest {
  const { now, ...rest } = begun;
  return {
    ...rest,
    id: newId('req'),
    state: 'open',
    createdAt: now,
    decidedAt: null,
    decidedById: null,
    answer: null,
  };
}

function idOf<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `a stored id begins with ${prefix}_`);
  return id;
}
