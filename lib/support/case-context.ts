import { type AuditEntry, recordAudit } from '@/lib/audit';
import { hasRole } from '@/lib/identity';
import type { Agent } from './model';
import type { SupportContext } from './search';
import { findStaff } from './store';
import { STORY_PARTS, type StoryEntry, type StoryPart, storyBefore } from './story-model';
import { actorsBy, type StoryQuery } from './story-store';

/** One view of a case: who views what, and which page and part of its story. Texts as the address holds them. */
export interface CaseRequest {
  readonly actor: Agent;
  readonly id: string;
  readonly before?: string | undefined;
  readonly part?: string | undefined;
}

/** Whether somebody may see cases at all. Every operation of support checks it, whatever the page has checked. */
export function mayHelp(actor: Agent): boolean {
  return hasRole(actor.role, 'support');
}

/** Records a view in the audit, before anything is read, so that no view goes unrecorded. */
export async function recordView(
  { db, now }: SupportContext,
  actor: Agent,
  view: Pick<AuditEntry, 'action' | 'subject'>,
): Promise<void> {
  await recordAudit(db, { at: now, actor, ...view });
}

/** The query for the sources of this story. A first page ends before the view itself, which is part of the story too. */
export async function storyQuery({ db, now }: SupportContext, request: CaseRequest): Promise<StoryQuery> {
  const staff = await findStaff(db);
  return {
    db,
    before: storyBefore(request.before, now),
    actorOf: actorsBy(new Map(staff.map(({ id, name }) => [id, name]))),
  };
}

export function partOf(text: string | undefined): StoryPart | null {
  return STORY_PARTS.find((part) => part === text) ?? null;
}

/** Asks the sources of the part that is filtered for, or all of them. */
export function askSources(
  wish: StoryPart | null,
  sources: Partial<Record<StoryPart, readonly (() => Promise<StoryEntry[]>)[]>>,
): Promise<StoryEntry[][]> {
  const asked = STORY_PARTS.filter((part) => wish === null || part === wish);
  return Promise.all(asked.flatMap((part) => (sources[part] ?? []).map((ask) => ask())));
}
