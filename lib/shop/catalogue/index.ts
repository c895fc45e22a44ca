import { APPAREL } from './apparel';
import { APPLIANCES } from './appliances';
import { BABY } from './baby';
import { BEAUTY } from './beauty';
import { BOOKS } from './books';
import { DIGITAL } from './digital';
import { FRESH } from './fresh';
import { GOLD } from './gold';
import { GROCERY } from './grocery';
import { HOME } from './home';
import type { Shelf } from './model';
import { SPORTS } from './sports';
import { VIRTUAL } from './virtual';

export { MERCHANTS } from './merchants';

/** The demo shop's goods. Every name in it is invented. */
export const CATALOGUE: readonly Shelf[] = [
  FRESH,
  GROCERY,
  HOME,
  APPLIANCES,
  DIGITAL,
  APPAREL,
  BEAUTY,
  SPORTS,
  BABY,
  BOOKS,
  VIRTUAL,
  GOLD,
];
