import { DESK } from './desk-visits';
import { GIFTS } from './gift-visits';
import { CHECKOUT, SHOP } from './order-visits';
import { ACCOUNT, VISITOR } from './people-visits';
import { SALES } from './sales-visits';
import { SERVICES } from './service-visits';
import type { Visit } from './visit';
import { WALLET } from './wallet-visits';

/** Every page of the product, in every state that looks different. */
export const VISITS: readonly Visit[] = [
  ...VISITOR,
  ...WALLET,
  ...SERVICES,
  ...ACCOUNT,
  ...GIFTS,
  ...SALES,
  ...SHOP,
  ...CHECKOUT,
  ...DESK,
];
