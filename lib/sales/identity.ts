import { createHmac } from 'node:crypto';
import type { Database, Tx } from '@/lib/database';
import type { VersionedKey } from '@/lib/env';
import { type Id, invariant, newId, parseId } from '@/lib/kernel';
import { currentKey, seal, unseal } from '@/lib/vault';
import { documentNumber, maskDocument, maskPerson } from './document';
import { IDENTITY_KINDS, type IdentityKind, type MaskedIdentity } from './model';

/** Who a buyer says to be (实名), as typed. */
export interface NewIdentity {
  readonly kind: IdentityKind;
  readonly name: string;
  readonly number: string;
}

export interface IdentityKeys {
  /** HMAC keys, those of card numbers; labelled, so that no value of one is ever one of the other. */
  readonly number: VersionedKey;
  readonly seal: VersionedKey;
}

export interface BuyerIdentity extends MaskedIdentity {
  readonly numberHmac: string;
}

export async function findIdentity(client: Database | Tx, userId: string): Promise<BuyerIdentity | null> {
  const row = await client.buyerIdentity.findUnique({ where: { userId } });
  return row && identityOf(row);
}

/**
 * Keeps who a buyer is: name and number sealed, and shown masked only. A buyer has one identity: the first that was given
 * stays, because purchases refer to it.
 */
export async function keepIdentity(
  tx: Tx,
  keys: IdentityKeys,
  { userId, identity, now }: { userId: Id<'usr'>; identity: NewIdentity; now: Date },
): Promise<BuyerIdentity> {
  const known = await findIdentity(tx, userId);
  if (known) return known;
  const id = newId('idn');
  const number = documentNumber(identity.kind, identity.number);
  invariant(number !== null, 'the form has judged the number');
  const name = identity.name.trim();
  const row = await tx.buyerIdentity.create({
    data: {
      id,
      userId,
      kind: identity.kind,
      sealedName: seal(keys.seal, { owner: id, field: 'name' }, name),
      sealedNumber: seal(keys.seal, { owner: id, field: 'number' }, number),
      maskedName: maskPerson(name),
      maskedNumber: maskDocument(number),
      numberHmac: hmacOf(currentKey(keys.number).key, identity.kind, number),
      createdAt: now,
    },
  });
  return identityOf(row);
}

/** Name and number in the clear, for those entitled; whoever calls has written the look down. */
export async function openIdentity(
  client: Database | Tx,
  keys: Pick<IdentityKeys, 'seal'>,
  id: string,
): Promise<{ readonly name: string; readonly number: string } | null> {
  const row = await client.buyerIdentity.findUnique({ where: { id } });
  if (!row) return null;
  return {
    name: unseal(keys.seal, { owner: id, field: 'name' }, row.sealedName),
    number: unseal(keys.seal, { owner: id, field: 'number' }, row.sealedNumber),
  };
}

/** What a document may be stored as, whenever it was kept: one value for each version of the key. */
export function documentHmacs(keys: VersionedKey, { kind, number }: NewIdentity): readonly string[] {
  const normal = documentNumber(kind, number);
  return normal === null ? [] : Array.from(keys.values(), (key) => hmacOf(key, kind, normal));
}

function hmacOf(key: Buffer, kind: IdentityKind, number: string): string {
  return createHmac('sha256', key).update(`identity:${kind}:${number}`).digest('hex');
}

function identityOf(row: {
  id: string;
  kind: string;
  maskedName: string;
  maskedNumber: string;
  numberHmac: string;
}): BuyerIdentity {
  const id = parseId('idn', row.id);
  const kind = IDENTITY_KINDS.find((each) => each === row.kind);
  invariant(id && kind, `identity ${row.id}`);
  const { maskedName, maskedNumber, numberHmac } = row;
  return { id, kind, maskedName, maskedNumber, numberHmac };
}
