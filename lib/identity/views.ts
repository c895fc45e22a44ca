import { type Id, invariant } from '@/lib/kernel';
import { type DeviceDescription, describeDevice } from './describe-device';
import { maskLogin } from './login';
import type { Role, SignedInUser } from './model';
import { findAccount, findLiveSessions, type IdentityContext } from './store';

/** One's own account, as its page shows it. */
export interface AccountView {
  readonly name: string;
  readonly role: Role;
  readonly loginKind: 'phone' | 'email';
  readonly login: string;
  readonly maskedLogin: string;
}

export async function viewAccount({ db }: IdentityContext, user: SignedInUser): Promise<AccountView> {
  const account = await findAccount(db, user.id);
  invariant(account, 'a signed-in user has an account');
  const { name, role, login } = account;
  return { name, role, loginKind: login.kind, login: login.value, maskedLogin: maskLogin(login) };
}

export interface SessionView {
  readonly id: Id<'ses'>;
  readonly device: DeviceDescription;
  /** `203.0.113.*`: roughly where; `null` when it is not known. */
  readonly network: string | null;
  readonly signedInAt: Date;
  readonly lastSeenAt: Date;
  /** The one that asks. */
  readonly current: boolean;
}

/** One's own live sessions, the current one first, then the latest used. */
export async function listSessions({ db, now }: IdentityContext, user: SignedInUser): Promise<SessionView[]> {
  const sessions = await findLiveSessions(db, { userId: user.id, now });
  const views = sessions.map((session) => ({
    id: session.id,
    device: describeDevice(session.userAgent),
    network: shownNetwork(session.network),
    signedInAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    current: session.id === user.sessionId,
  }));
  return [...views.filter((view) => view.current), ...views.filter((view) => !view.current)];
}

function shownNetwork(network: string | null): string | null {
  if (!network || NOWHERE.has(network)) return null;
  return network.replace(/\.0\/24$/, '.*').replace(/::\/56$/, ':*');
}

/** No address, or this machine itself: it would tell a person nothing about where. */
const NOWHERE: ReadonlySet<string> = new Set(['unknown', '127.0.0.0/24', '0:0:0:0::/56']);
