export { deliverOutbox, type OutboxHandler, type OutboxMessage, type Parking } from './deliver-outbox';
export { forgetDelivered } from './forget-delivered';
export { type ParkedMessage, parkedMessages, reviveMessages } from './parked-messages';
