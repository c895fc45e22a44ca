import type { Deed } from '../deed';
import { giftDeeds } from './gifts';
import { holderDeeds } from './holder';
import { paymentDeeds } from './payments';
import { requestDeeds } from './requests';

export const DEEDS: readonly Deed[] = [...holderDeeds, ...paymentDeeds, ...requestDeeds, ...giftDeeds];
