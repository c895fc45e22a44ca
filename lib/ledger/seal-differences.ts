import {
  chainRows,
  closed,
  linked,
  markAt,
  type SealedRow,
  type SealHeading,
  sameStart,
  sha256,
  transferLine,
} from './seal-format';

export type SealDifferenceKind =
  /** A sealed transfer has other fields than when it was sealed. */
  | 'changed'
  /** A sealed transfer, or a whole seal, is gone. */
  | 'removed'
  /** A transfer was slipped in: into a seal's list, or dated long before what was sealed earlier. */
  | 'inserted'
  /** Sealed transfers, or seals, stand in another order. */
  | 'reordered'
  /** The seal itself was changed; its transfers are as they were. */
  | 'seal_changed'
  /** The chain is not the one that was signed. */
  | 'checkpoint_differs';

export interface SealContent {
  /** The chain before this seal; null when the seal before it is gone. */
  readonly before: Buffer | null;
  readonly heading: SealHeading;
  readonly marks: Buffer;
  readonly chain: Buffer;
  /** The transfers that the seal lists, as they are today; null for one that is gone. */
  readonly rows: readonly (SealedRow | null)[];
}

export interface Found {
  readonly kind: SealDifferenceKind;
  /** Which of the rows; null for the seal as a whole. */
  readonly index: number | null;
}

/** What about a seal is not as it was sealed, in the order of its rows; empty when all of it is. */
export function sealDifferences(content: SealContent): Found[] {
  const { before, heading, marks, chain, rows } = content;
  const present = rows.filter((row) => row !== null);
  if (before && present.length === rows.length) {
    const computed = chainRows(before, present);
    if (closed(computed.chain, heading).equals(chain)) {
      return computed.marks.equals(marks) ? [] : [{ kind: 'seal_changed', index: null }];
    }
  }
  const found = rowDifferences(content);
  if (found.length > 0 || before === null) return found;
  return [{ kind: 'seal_changed', index: null }];
}

/** The marks tell which row it was: its own half says that it changed, the chain's half that its place did. */
function rowDifferences({ before, marks, rows }: SealContent): Found[] {
  const digests = rows.map((row) => row && sha256(transferLine(row)));
  const found: Found[] = [];
  let chain = before;
  for (const [index, digest] of digests.entries()) {
    const mark = markAt(marks, index);
    const next = chain && digest && linked(chain, digest);
    let kind: SealDifferenceKind | null = null;
    if (!digest) kind = 'removed';
    else if (!sameStart(digest, mark.digest)) kind = 'changed';
    else if (chain && next && !sameStart(next, mark.chain))
      kind = misplaced({ chain, digests, marks, index });
    if (kind) found.push({ kind, index });
    // After a difference the chain is not known until the next seal.
    chain = kind ? null : next;
  }
  return found;
}

/** A row that is itself, but does not continue the chain. */
function misplaced(at: {
  chain: Buffer;
  digests: readonly (Buffer | null)[];
  marks: Buffer;
  index: number;
}): SealDifferenceKind {
  const { chain, digests, marks, index } = at;
  const continues = (other: number, place: number) => {
    const digest = digests[other];
    return digest ? sameStart(linked(chain, digest), markAt(marks, place).chain) : false;
  };
  if (continues(index + 1, index + 1)) return 'inserted';
  for (let other = index + 1; other < digests.length; other += 1) {
    if (continues(other, index) || continues(other, other)) return 'reordered';
  }
  return index === 0 ? 'reordered' : 'removed';
}
