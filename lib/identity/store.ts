import { type Database, readTogether, type Tx } from '@/lib/database';
import { type Id, invariant, newId, parseId } from '@/lib/kernel';
import type { Login } from './login';
import { type RequestOrigin, ROLES, type Role, sessionExpiry } from './model';

/** What every operation needs: the database, and the instant at which it happens. */
export interface IdentityContext {
  readonly db: Database;
  readonly now: Date;
}

export interface Account {
  readonly id: Id<'usr'>;
  readonly name: string;
  readonly role: Role;
  readonly login: Login;
  readonly passwordHash: string;
  readonly disabledAt: Date | null;
}

interface UserRow {
  id: string;
  phone: string | null;
  email: string | null;
  name: string;
  passwordHash: string;
  role: string;
  disabledAt: Date | null;
}

export async function findAccountByLogin(client: Database | Tx, login: Login): Promise<Account | null> {
  const row = await client.user.findUnique({
    where: login.kind === 'phone' ? { phone: login.value } : { email: login.value },
  });
  return row && accountOf(row);
}

export async function findAccount(client: Database | Tx, id: Id<'usr'>): Promise<Account | null> {
  const row = await client.user.findUnique({ where: { id } });
  return row && accountOf(row);
}

/** Throws a unique violation when the login is taken: the database decides, not a query before it. */
export async function insertAccount(
  tx: Tx,
  account: { login: Login; name: string; role: Role; passwordHash: string; locale: string; now: Date },
): Promise<Id<'usr'>> {
  const id = newId('usr');
  await tx.user.create({
    data: {
      id,
      phone: account.login.kind === 'phone' ? account.login.value : null,
      email: account.login.kind === 'email' ? account.login.value : null,
      name: account.name,
      role: account.role,
      passwordHash: account.passwordHash,
      locale: account.locale,
      createdAt: account.now,
    },
  });
  return id;
}

export interface StoredSession {
  readonly id: Id<'ses'>;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly userAgent: string | null;
  readonly network: string | null;
}

const USER_AGENT_MAX = 300;

/** Every sign-in is a session of its own with a new id: an id planted before it is worth nothing. */
export async function insertSession(
  tx: Tx,
  session: { userId: Id<'usr'>; origin: RequestOrigin; now: Date },
): Promise<StoredSession> {
  const row = await tx.session.create({
    data: {
      id: newId('ses'),
      userId: session.userId,
      createdAt: session.now,
      lastSeenAt: session.now,
      expiresAt: sessionExpiry(session.now, session.now),
      userAgent: session.origin.userAgent?.slice(0, USER_AGENT_MAX) ?? null,
      network: session.origin.network,
    },
  });
  return sessionOf(row);
}

/** Null for a session that does not exist. */
export async function findSessionWithAccount(
  client: Database | Tx,
  id: Id<'ses'>,
): Promise<{ session: StoredSession; account: Account } | null> {
  const row = await readSession(client, id);
  return row && { session: sessionOf(row), account: accountOf(row.user) };
}

const readSession = readTogether(
  (client: Database | Tx, ids: readonly Id<'ses'>[]) =>
    client.session.findMany({ where: { id: { in: [...ids] } }, include: { user: true } }),
  ({ id }) => id,
);

/** The sessions of an account that can still be used, the latest used first. */
export async function findLiveSessions(
  client: Database | Tx,
  query: { userId: Id<'usr'>; now: Date },
): Promise<StoredSession[]> {
  const rows = await client.session.findMany({
    where: { userId: query.userId, revokedAt: null, expiresAt: { gt: query.now } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: 100,
  });
  return rows.map(sessionOf);
}

export function accountOf(row: UserRow): Account {
  const id = parseId('usr', row.id);
  const role = ROLES.find((known) => known === row.role);
  const login: Login | null = row.phone
    ? { kind: 'phone', value: row.phone }
    : row.email
      ? { kind: 'email', value: row.email }
      : null;
  invariant(id && role && login, 'a stored user has an id, a known role and a login');
  const { name, passwordHash, disabledAt } = row;
  return { id, name, role, login, passwordHash, disabledAt };
}

function sessionOf(row: Omit<StoredSession, 'id'> & { id: string }): StoredSession {
  const id = parseId('ses', row.id);
  invariant(id, 'a stored session has an id');
  const { createdAt, lastSeenAt, expiresAt, revokedAt, userAgent, network } = row;
  return { id, createdAt, lastSeenAt, expiresAt, revokedAt, userAgent, network };
}
