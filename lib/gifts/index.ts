export { createGifts } from './create-gifts';
export { type GiftKeys, giftKeys } from './keys';
export type { Gift, GiftPlan } from './model';
export { planGifts, storedPlanSchema } from './plan-gifts';
