export { deliverOutbox, type OutboxHandler, type OutboxMessage } from './deliver-outbox';
