import { type Database, type RawReader, readInBulk } from '@/lib/database';
import { type SealDifferenceKind, sealDifferences } from './seal-differences';
import { GENESIS, type SealedRow } from './seal-format';
import { chainHead, createdAtOf, eachUnsealed, type StoredSeal, sealedRows, sealsAfter } from './seal-store';
import { earlier, isLate } from './seal-transfers';

export interface SealDifference {
  readonly kind: SealDifferenceKind;
  /** The number of the seal, and the place in the whole chain that the transfer has or should have. */
  readonly seal: string;
  readonly place: string;
  /** null when the difference is not about one transfer, or its id is not known. */
  readonly transferId: string | null;
}

export interface SealReport {
  readonly ok: boolean;
  readonly seals: number;
  readonly sealed: number;
  /** Transfers that the sequencer has still to seal. */
  readonly unsealed: number;
  /** Hex; what a checkpoint signs. */
  readonly chain: string;
  readonly sealedAt: string | null;
  readonly first: SealDifference | null;
  /** In the order of the chain, at most `limit`. */
  readonly differences: readonly SealDifference[];
}

export interface VerifyOptions {
  readonly limit?: number;
  readonly now: Date;
  /** Chains that were signed earlier: the one of today must go through them. */
  readonly checkpoints?: readonly { readonly seal: bigint; readonly chain: string }[];
  /** Is given every line of an export: the transfers of a seal, then the seal. */
  readonly onSeal?: (seal: StoredSeal, rows: readonly SealedRow[]) => Promise<void>;
}

const TRANSFERS_AT_ONCE = 2_000;

/**
 * Walks the chain from its first transfer to its last and compares every field of every transfer with what was
 * sealed, then looks for transfers that no seal knows. In constant memory; on PostgreSQL all of it at one moment.
 */
export function verifySeals(client: Database | RawReader, options: VerifyOptions): Promise<SealReport> {
  return readInBulk(client, async (reader) => {
    const walk = new Walk(options);
    for (;;) {
      const seals = await sealsAfter(reader, walk, TRANSFERS_AT_ONCE);
      if (seals.length === 0) break;
      const ids = seals.flatMap(({ transferIds }) => idsOf(transferIds) ?? []);
      const rows = await sealedRows(reader, ids);
      for (const seal of seals) await walk.step(seal, rows);
    }
    return walk.report(walk.isReadable ? await lookForUnsealed(reader, walk, options.now) : 0);
  });
}

async function lookForUnsealed(reader: RawReader, walk: Walk, now: Date): Promise<number> {
  const head = await chainHead(reader);
  let count = 0;
  await eachUnsealed(reader, { head, all: true, now }, async ({ rows }) => {
    for (const row of rows) walk.meetUnsealed(row);
    count += rows.length;
    return true;
  });
  return count;
}

class Walk {
  number = 0n;
  through = 0n;
  isReadable = true;
  #chain: Buffer | null = GENESIS;
  #seals = 0;
  #sealed = 0;
  #sealedAt: string | null = null;
  #newestAt: Date | null = null;
  #count = 0;
  readonly #differences: SealDifference[] = [];
  readonly #options: VerifyOptions;
  readonly #awaited: Map<bigint, string>;

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#awaited = new Map(options.checkpoints?.map(({ seal, chain }) => [seal, chain]));
  }

  async step(seal: StoredSeal, rowsById: ReadonlyMap<string, SealedRow>): Promise<void> {
    const ids = idsOf(seal.transferIds);
    if (seal.number !== this.number + 1n) this.#missSeals(seal.through - BigInt(ids?.length ?? 0));
    if (ids) await this.#compare(seal, ids, rowsById);
    else this.#cannotRead(seal);
    const signed = this.#awaited.get(seal.number);
    if (signed === seal.chain.toString('hex')) this.#awaited.delete(seal.number);
    this.number = seal.number;
    // Of a list that cannot be read only the heading says how long it was.
    this.through = ids ? this.through + BigInt(ids.length) : seal.through;
    this.#chain = seal.chain;
    this.#sealedAt = seal.sealedAt;
    this.#seals += 1;
  }

  meetUnsealed(row: SealedRow): void {
    if (isLate(row, this.#newestAt))
      this.#tell('inserted', { place: this.through, transferId: row[0] ?? null });
  }

  report(unsealed: number): SealReport {
    for (const seal of this.#awaited.keys()) this.#tell('checkpoint_differs', { seal });
    return {
      ok: this.#count === 0,
      seals: this.#seals,
      sealed: this.#sealed,
      unsealed,
      chain: (this.#chain ?? GENESIS).toString('hex'),
      sealedAt: this.#sealedAt,
      first: this.#differences[0] ?? null,
      differences: this.#differences,
    };
  }

  async #compare(seal: StoredSeal, ids: readonly string[], rowsById: ReadonlyMap<string, SealedRow>) {
    const rows = ids.map((id) => rowsById.get(id) ?? null);
    const found = sealDifferences({ ...seal, heading: seal, before: this.#chain, rows });
    if (seal.through !== this.through + BigInt(ids.length) && found.length === 0) {
      found.push({ kind: 'seal_changed', index: null });
    }
    for (const { kind, index } of found) {
      const transferId = index === null ? null : (ids[index] ?? null);
      this.#tell(kind, { seal: seal.number, place: this.through + BigInt((index ?? 0) + 1), transferId });
    }
    this.#sealed += ids.length;
    const present = rows.filter((row) => row !== null);
    this.#meetSealed(seal, present);
    if (found.length === 0) await this.#options.onSeal?.(seal, present);
  }

  /** Compared with earlier seals only: within one the order is that of the sequencer. */
  #meetSealed(seal: StoredSeal, rows: readonly SealedRow[]): void {
    let newestMs = this.#newestAt?.getTime() ?? 0;
    for (const [index, row] of rows.entries()) {
      const place = this.through + BigInt(index + 1);
      if (isLate(row, this.#newestAt)) {
        this.#tell('inserted', { seal: seal.number, place, transferId: row[0] ?? null });
      }
      newestMs = Math.max(newestMs, createdAtOf(row).getTime() || 0);
    }
    this.#newestAt = earlier(new Date(newestMs), new Date(seal.sealedAt));
  }

  #missSeals(through: bigint): void {
    this.#tell('removed', { seal: this.number + 1n, place: this.through + 1n });
    this.through = through;
    this.#chain = null;
  }

  #cannotRead(seal: StoredSeal): void {
    this.#tell('seal_changed', { seal: seal.number, place: this.through + 1n });
    this.isReadable = false;
  }

  #tell(kind: SealDifferenceKind, at: { seal?: bigint; place?: bigint; transferId?: string | null }): void {
    const { seal = this.number, place = this.through, transferId = null } = at;
    this.#count += 1;
    if (this.#count > (this.#options.limit ?? 20)) return;
    this.#differences.push({ kind, seal: String(seal), place: String(place), transferId });
  }
}

function idsOf(transferIds: string): string[] | null {
  try {
    const ids: unknown = JSON.parse(transferIds);
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : null;
  } catch {
    return null;
  }
}
