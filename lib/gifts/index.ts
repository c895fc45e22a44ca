export { type Claim, type Claimed, claimGift } from './claim-gift';
export { createGifts } from './create-gifts';
export { type DeliverContext, deliverGift } from './deliver-gift';
export { returnUnclaimedGifts, revokeGift, withdrawnGifts } from './end-gift';
export type { LinkRefusal } from './find-by-link';
export { type GiftWords, giftWords } from './gift-words';
export { type GiftKeys, giftKeys } from './keys';
export type { GiftMessenger, GiftSending } from './messenger';
export type { ClaimRefusal, CodeRefusal, Gift, GiftPlan, GiftRefusal } from './model';
export { openGift } from './open-gift';
export { planGifts, recipientOf, storedPlanSchema } from './plan-gifts';
export { proveCode, requestCode } from './prove-phone';
export { resealGifts } from './reseal-gifts';
export { changeRecipient, resendGift } from './send-again';
export {
  type GiftStatus,
  type GiftView,
  giftFor,
  giftsReceived,
  giftsSent,
  linkForSender,
  type OfferedGift,
  offeredGift,
  type SentGift,
} from './views';
