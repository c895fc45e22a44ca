import type { Agent } from '@/lib/support';

/** Which view of a case an address asks for; a parameter that is given twice counts as not given. */
export function caseLook(
  actor: Agent,
  { id }: { readonly id: string },
  { before, part }: Readonly<Record<string, string | string[] | undefined>>,
) {
  return {
    actor,
    id,
    before: typeof before === 'string' ? before : undefined,
    part: typeof part === 'string' ? part : undefined,
  };
}
