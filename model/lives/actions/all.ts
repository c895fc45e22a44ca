import type { Action } from '../action';
import { giftActions } from './gifts';
import { holderActions } from './holder';
import { paymentActions } from './payments';
import { requestActions } from './requests';

export const ACTIONS: readonly Action[] = [
  ...holderActions,
  ...paymentActions,
  ...requestActions,
  ...giftActions,
];
