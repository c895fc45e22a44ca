import { recordAudit } from '@/lib/audit';
import type { Database } from '@/lib/database';
import { documentHmacs, findIdentity, type IdentityKeys, openIdentity } from './identity';
import type { ShippingActor } from './ship-cards';

export interface IdentityCheck {
  /** Whose identity is on file. */
  readonly userId: string;
  /** As the person who calls says them; neither is kept. */
  readonly name: string;
  readonly number: string;
  readonly actor: ShippingActor;
  readonly keys: IdentityKeys;
}

/**
 * Whether what somebody says of themselves is what is on file for a buyer. Who asks sees neither name nor number: only
 * whether both fit. Each try is written down before it is answered.
 */
export async function checkIdentity(
  { db, now }: { readonly db: Database; readonly now: Date },
  { userId, name, number, actor, keys }: IdentityCheck,
): Promise<'matches' | 'differs' | 'none_on_file'> {
  const known = await findIdentity(db, userId);
  const onFile = known && (await openIdentity(db, keys, known.id));
  if (!known || !onFile) return 'none_on_file';
  const said = documentHmacs(keys.number, { kind: known.kind, name, number });
  const matches = said.includes(known.numberHmac) && plain(name) === plain(onFile.name);
  await recordAudit(db, {
    at: now,
    actor,
    action: 'identity.checked',
    subject: { type: 'identity', id: known.id },
    detail: { matches },
  });
  return matches ? 'matches' : 'differs';
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s·•.]+/g, '')
    .toLowerCase();
}
