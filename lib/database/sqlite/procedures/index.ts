import { commitUnits } from './commit-units';
import type { Procedure } from './procedure';

export type { Procedure } from './procedure';

/** What `CALL name(?)` may name. They run in the writer's thread: nothing here may import Next, React or Prisma. */
export const procedures: Readonly<Record<string, Procedure>> = {
  commit_units: commitUnits,
};
