import { database } from '@/lib/database';
import { unreadCount } from '@/lib/notify';
import { basketCount } from '@/lib/shop';
import { currentUser } from './viewer';

/** What header and tab bar show about the viewer. */
export interface Chrome {
  /** `null`: nobody is signed in. */
  viewer: { name: string } | null;
  basketCount: number;
  /** How many messages in the inbox are unread. */
  unread: number;
}

/** Read once per page by the layout. Never a permission: every page asks for itself. */
export async function readChrome(): Promise<Chrome> {
  const user = await currentUser();
  if (!user) return { viewer: null, basketCount: 0, unread: 0 };
  const [basket, unread] = await Promise.all([
    basketCount(database(), user.id),
    unreadCount(database(), user.id),
  ]);
  return { viewer: { name: user.name }, basketCount: basket, unread };
}
