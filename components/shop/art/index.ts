import { type Category, isCategory } from '@/lib/shop/model';
import { APPAREL } from './apparel';
import { APPLIANCES } from './appliances';
import { BABY } from './baby';
import { BEAUTY } from './beauty';
import { BOOKS } from './books';
import { DIGITAL } from './digital';
import { FRESH } from './fresh';
import { GOLD } from './gold';
import { GROCERY } from './grocery';
import { GROUNDS } from './grounds';
import { HOME } from './home';
import type { Drawing, Drawings, Palette } from './shapes';
import { SPORTS } from './sports';
import { VIRTUAL } from './virtual';

export interface Artwork {
  readonly ground: { readonly palette: Palette; readonly d: string };
  /** null: nobody drew this product; its department's ground stands alone. */
  readonly drawing: Drawing | null;
}

/** The picture of a product from its `art` (`fresh/cherries`). Pure: the same name is the same picture everywhere. */
export function artworkOf(art: string): Artwork {
  const [department = '', name = ''] = art.split('/');
  const category: Category = isCategory(department) ? department : 'home';
  const { palette, motif } = GROUNDS[category];
  return {
    ground: { palette, d: motif(numbersFrom(art)) },
    drawing: DRAWINGS[category][name] ?? null,
  };
}

const DRAWINGS: Record<Category, Drawings> = {
  fresh: FRESH,
  grocery: GROCERY,
  home: HOME,
  appliances: APPLIANCES,
  digital: DIGITAL,
  apparel: APPAREL,
  beauty: BEAUTY,
  sports: SPORTS,
  baby: BABY,
  books: BOOKS,
  virtual: VIRTUAL,
  gold: GOLD,
};

/** Numbers in [0, 1) that follow from the text alone (FNV-1a, then xorshift32). */
function numbersFrom(text: string): () => number {
  let state = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
