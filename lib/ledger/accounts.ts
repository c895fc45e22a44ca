import type { Database, Tx } from '@/lib/database';
import type { Currency } from '@/lib/kernel';
import { type AccountKind, accountCodes } from './chart';
import { type AccountId, type AccountRef, type Balance, houseAccount } from './model';

/** The row of a new, empty account, for a caller that inserts it itself (also in a unit of work). */
export function newAccountRow(account: { id: AccountId; kind: AccountKind; currency: Currency; now: Date }) {
  return {
    id: account.id,
    code: accountCodes[account.kind],
    currency: account.currency,
    limited: account.kind === 'card',
    createdAt: account.now,
  };
}

/** Opens accounts; one that exists stays as it is. */
export async function openAccounts(
  client: Database | Tx,
  accounts: readonly { id: AccountId; kind: AccountKind; currency: Currency; now: Date }[],
): Promise<void> {
  const rows = accounts.map(newAccountRow);
  const ids = rows.map((row) => row.id);
  const existing = await client.account.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const known = new Set(existing.map(({ id }) => id));
  const missing = rows.filter((row) => !known.has(row.id));
  if (missing.length > 0) await client.account.createMany({ data: missing });
}

/** Opens the issuer's own accounts of a currency, and one receivable per gateway. Safe to repeat. */
export async function openHouseAccounts(
  client: Database | Tx,
  options: { currency: Currency; gateways: readonly string[]; now: Date },
): Promise<void> {
  const { currency, gateways, now } = options;
  const kinds = [
    'custodyCash',
    'dormant',
    'companyFloat',
    'breakage',
    'fees',
    'discount',
    'promotion',
    'suspense',
  ] as const;
  const refs: AccountRef[] = [
    ...kinds.map((kind) => houseAccount(kind, currency)),
    ...gateways.map((gateway) => houseAccount('gatewayReceivable', currency, gateway)),
  ];
  await openAccounts(
    client,
    refs.map(({ id, kind }) => ({ id, kind, currency, now })),
  );
}

/** The columns of an account that make up its `Balance`, for reads that reach it through another row. */
export const BALANCE_COLUMNS = {
  debitsPending: true,
  debitsPosted: true,
  creditsPending: true,
  creditsPosted: true,
} as const;

/** The balances of several accounts at one moment; an id that does not exist is left out. */
export async function balancesOf(
  client: Database | Tx,
  ids: readonly AccountId[],
): Promise<Map<AccountId, Balance>> {
  const rows = await client.account.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, ...BALANCE_COLUMNS },
  });
  return new Map(rows.map(({ id, ...balance }) => [id, balance]));
}
