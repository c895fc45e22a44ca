import type { SignedInUser } from './model';
import type { IdentityContext } from './store';

/** Changes how we address a person. `name` was checked by `changeNameSchema`. */
export async function changeName(
  { db }: IdentityContext,
  input: { user: SignedInUser; name: string },
): Promise<void> {
  await db.user.update({ where: { id: input.user.id }, data: { name: input.name } });
}
