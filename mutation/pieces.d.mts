export interface Piece {
  readonly name: string;
  readonly folder: string;
  /** Without `.ts`; null: all of the folder. */
  readonly files: readonly string[] | null;
  readonly withDatabase: boolean;
  /** Tests that do not judge it, without `.test.ts` or `.db.test.ts`. */
  readonly without: readonly string[];
}
export const pieces: readonly Piece[];
/** The first piece when there is none of that name. */
export function pieceOf(name: string | undefined): Piece;
