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
  return { viewer: user && { name: user.name }, basketCount: 0 };
}
