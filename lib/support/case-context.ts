import { type AuditEntry, recordAudit } from '@/lib/audit';
import { hasRole } from '@/lib/identity';
import type { Agent } from './model';
import type { SupportContext } from './search';
import { findStaff } from './store';
import { STORY_PARTS, type StoryEntry, type StoryPart, storyBefore } from './story-model';
import { actorsBy, type StoryQuery } from './story-store';

/** A look at one case: who looks, at what, and which page and part of its story. Texts as an address holds them. */
export interface CaseLook {
  readonly actor: Agent;
  readonly id: string;
  readonly before?: string | undefined;
  readonly part?: string | undefined;
}

/** Whether somebody may look at cases at all. Asked by every operation of support, beside what the page asks. */
export function mayHelp(actor: Agent): boolean {
  return hasRole(actor.role, 'support');
}

/** Writes a look down. Before anything is read, so that there is no look without its line. */
export async function recordLook(
  { db, now }: SupportContext,
  actor: Agent,
  look: Pick<AuditEntry, 'action' | 'subject'>,
): Promise<void> {
  await recordAudit(db, { at: now, actor, ...look });
}

/** What the sources of this look's story are asked. A first page ends before the look itself. */
export async function storyQuery({ db, now }: SupportContext, look: CaseLook): Promise<StoryQuery> {
  const staff = await findStaff(db);
  return {
    db,
    before: storyBefore(look.before, now),
    actorOf: actorsBy(new Map(staff.map(({ id, name }) => [id, name]))),
  };
}

export function partOf(text: string | undefined): StoryPart | null {
  return STORY_PARTS.find((part) => part === text) ?? null;
}

/** Asks the sources that a wish for one part concerns; all of them without one. */
export function askSources(
  wish: StoryPart | null,
  sources: Partial<Record<StoryPart, readonly (() => Promise<StoryEntry[]>)[]>>,
): Promise<StoryEntry[][]> {
  const asked = STORY_PARTS.filter((part) => wish === null || part === wish);
  return Promise.all(asked.flatMap((part) => (sources[part] ?? []).map((ask) => ask())));
}
