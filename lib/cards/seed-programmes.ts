import type { Database } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import { checkProgramme, findPolicyPack } from '@/lib/policy';
import { FIRST_PROGRAMMES } from './programmes';
import { addProgramme } from './store';

/** Adds the first programmes that are missing. Safe to repeat: one that exists stays as its operator left it. */
export async function seedProgrammes({ db, now }: { db: Database; now: Date }): Promise<void> {
  for (const programme of FIRST_PROGRAMMES) {
    const pack = findPolicyPack(programme.policyPack);
    invariant(pack && checkProgramme(pack, programme).ok, `programme ${programme.id} keeps to its policy`);
    await addProgramme(db, programme, now);
  }
}
