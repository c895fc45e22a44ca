import { database } from '@/lib/database';
import { basketCount } from '@/lib/shop';
import { currentUser } from './viewer';

/** What header and tab bar show about the person who looks. */
export interface Chrome {
  /** `null`: nobody is signed in. */
  viewer: { name: string } | null;
  basketCount: number;
}

/** Read once per page by the layout. Never a permission: every page asks for itself. */
export async function readChrome(): Promise<Chrome> {
  const user = await currentUser();
  if (!user) return { viewer: null, basketCount: 0 };
  return { viewer: { name: user.name }, basketCount: await basketCount(database(), user.id) };
}
