import Connection from 'better-sqlite3';
import type { Checkout } from '../lib/checkout/load-checkout';
import { newId } from '../lib/kernel';

/**
 * The same payment as one would write it with better-sqlite3 alone: prepared statements one after the other on the
 * caller's thread, two transactions, each committed durably (WAL, `synchronous=FULL`) before the next one begins.
 *
 * It leaves the same rows as ours in the same tables, with their CHECKs, foreign keys and indices: idempotency key,
 * payment, tenders and their lines, transfers, both balances of each, statement entries, events, states, outbox. It also
 * refuses what ours refuses in a payment: a key that was used, an order that is not open, a card that is not active or
 * not the payer's, funds that are missing.
 *
 * It has not: the ledger's triggers (they are dropped from its database, so what they guarantee hangs on this file),
 * answers in place of exceptions, more than one payment at a time, or a thread beside the caller's.
 */
export function openStraightPayments(file: string): { pay(checkout: Checkout): void; close(): void } {
  const connection = new Connection(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  const triggers = connection
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
    .all();
  for (const { name } of triggers) connection.exec(`DROP TRIGGER "${name}"`);
  const reserve = connection.transaction(reservePhase(connection)).immediate;
  const settle = connection.transaction(settlePhase(connection)).immediate;
  return { pay: (checkout) => settle(reserve(checkout)), close: () => connection.close() };
}

interface Held {
  readonly id: string;
  readonly orderId: string;
  readonly userId: string;
  readonly tenders: readonly {
    id: string;
    account: string;
    merchant: string;
    amount: bigint;
    holdId: string;
  }[];
}

function reservePhase(connection: Connection.Database): (checkout: Checkout) => Held {
  const statement = (sql: string) => connection.prepare<unknown[]>(sql);
  const findKey = statement(`SELECT "response" FROM "IdempotencyKey" WHERE "scope" = ? AND "key" = ?`);
  const addKey = statement(
    `INSERT INTO "IdempotencyKey" ("scope", "key", "fingerprint", "response", "createdAt") VALUES (?, ?, 'bench', ?, ?)`,
  );
  const takeOrder = statement(
    `UPDATE "Order" SET "state" = 'paying' WHERE "id" = ? AND "userId" = ? AND "state" = 'open'`,
  );
  const findCard = connection.prepare<[string, string], { accountId: string }>(
    `SELECT "accountId" FROM "Card" WHERE "id" = ? AND "holderId" = ? AND "state" = 'active'`,
  );
  const addPayment = statement(
    `INSERT INTO "Payment" ("id", "orderId", "userId", "state", "currency", "amountMinor", "cardMinor", "externalMinor", "createdAt", "checkAt")
     VALUES (?, ?, ?, 'HELD', ?, ?, ?, 0, ?, ?)`,
  );
  const addTender = statement(
    `INSERT INTO "Tender" ("id", "paymentId", "kind", "position", "cardId", "amountMinor", "state") VALUES (?, ?, 'card', ?, ?, ?, 'AUTHORIZED')`,
  );
  const addLine = statement(
    `INSERT INTO "TenderLine" ("tenderId", "orderLineId", "amountMinor") VALUES (?, ?, ?)`,
  );
  const addHold = statement(
    `INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "timeoutAt", "reference", "createdAt")
     VALUES (?, ?, ?, ?, 201, 'pending', ?, ?, ?)`,
  );
  const holdDebit = statement(
    `UPDATE "Account" SET "debitsPending" = "debitsPending" + ? WHERE "id" = ? AND "creditsPosted" - "debitsPosted" - "debitsPending" >= ?`,
  );
  const holdCredit = statement(`UPDATE "Account" SET "creditsPending" = "creditsPending" + ? WHERE "id" = ?`);
  const story = storyOf(connection);

  return ({ order, quote }) => {
    const now = new Date();
    const at = now.toISOString();
    const later = new Date(now.getTime() + 60_000).toISOString();
    const id = newId('pay');
    const scope = `pay:${order.userId}`;
    if (findKey.get(scope, order.id)) throw new Error('replay');
    addKey.run(scope, order.id, id, at);
    mustChange(takeOrder.run(order.id, order.userId), 'the order is not open');
    addPayment.run(id, order.id, order.userId, order.currency, quote.totalMinor, quote.cardMinor, at, later);
    const tenders = quote.cards.map(({ cardId, amountMinor }, position) => {
      const tenderId = newId('tnd');
      const card = findCard.get(cardId, order.userId);
      if (!card) throw new Error('the card cannot pay');
      addTender.run(tenderId, id, position, cardId, amountMinor);
      const lines = quote.allocations.filter((allocation) => allocation.cardId === cardId);
      for (const line of lines) addLine.run(tenderId, line.lineId, line.amountMinor);
      const merchant = order.lines.find((line) => line.id === lines[0]?.lineId)?.merchantAccountId ?? '';
      const holdId = `${tenderId}:hold:${merchant}`;
      addHold.run(holdId, card.accountId, merchant, amountMinor, later, id, at);
      mustChange(holdDebit.run(amountMinor, card.accountId, amountMinor), 'too little');
      mustChange(holdCredit.run(amountMinor, merchant), 'no merchant');
      return { id: tenderId, account: card.accountId, merchant, amount: amountMinor, holdId };
    });
    story.event(id, ['opened', null, 'OPEN', at]);
    story.event(id, ['cards_held', 'OPEN', 'HELD', at]);
    story.tell('payment.reserved', { paymentId: id, userId: order.userId }, at);
    return { id, orderId: order.id, userId: order.userId, tenders };
  };
}

function settlePhase(connection: Connection.Database): (payment: Held) => void {
  const statement = (sql: string) => connection.prepare<unknown[]>(sql);
  const endPayment = statement(
    `UPDATE "Payment" SET "state" = 'PAID', "settledAt" = ?, "checkAt" = NULL WHERE "id" = ? AND "state" = 'HELD'`,
  );
  const endOrder = statement(
    `UPDATE "Order" SET "state" = 'paid', "paidAt" = ? WHERE "id" = ? AND "state" = 'paying'`,
  );
  const endTender = statement(
    `UPDATE "Tender" SET "state" = 'CAPTURED' WHERE "id" = ? AND "state" = 'AUTHORIZED'`,
  );
  const addCapture = statement(
    `INSERT INTO "Transfer" ("id", "debitAccountId", "creditAccountId", "amount", "code", "kind", "pendingId", "reference", "createdAt")
     VALUES (?, ?, ?, ?, 201, 'post_pending', ?, ?, ?)`,
  );
  const captureDebit = statement(
    `UPDATE "Account" SET "debitsPending" = "debitsPending" - ?, "debitsPosted" = "debitsPosted" + ?, "entryCount" = "entryCount" + 1 WHERE "id" = ?`,
  );
  const captureCredit = statement(
    `UPDATE "Account" SET "creditsPending" = "creditsPending" - ?, "creditsPosted" = "creditsPosted" + ? WHERE "id" = ?`,
  );
  const addEntry = statement(
    `INSERT INTO "Entry" ("accountId", "number", "transferId", "amount", "balanceAfter", "createdAt")
     SELECT "id", "entryCount", ?, ?, "creditsPosted" - "debitsPosted", ? FROM "Account" WHERE "id" = ?`,
  );
  const story = storyOf(connection);

  return (payment) => {
    const at = new Date().toISOString();
    mustChange(endPayment.run(at, payment.id), 'the payment is not held');
    mustChange(endOrder.run(at, payment.orderId), 'the order is not being paid');
    for (const { id, account, merchant, amount, holdId } of payment.tenders) {
      mustChange(endTender.run(id), 'the tender is not authorised');
      const captureId = `${id}:capture:${merchant}`;
      addCapture.run(captureId, account, merchant, amount, holdId, payment.id, at);
      captureDebit.run(amount, amount, account);
      captureCredit.run(amount, amount, merchant);
      addEntry.run(captureId, -amount, at, account);
    }
    story.event(payment.id, ['settled', 'HELD', 'PAID', at]);
    story.tell('payment.paid', { paymentId: payment.id, userId: payment.userId }, at);
  };
}

/** What both phases leave for others to read. */
function storyOf(connection: Connection.Database) {
  const addEvent = connection.prepare<unknown[]>(
    `INSERT INTO "PaymentEvent" ("id", "paymentId", "event", "fromState", "toState", "at") VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const addMessage = connection.prepare<unknown[]>(
    `INSERT INTO "OutboxMessage" ("id", "topic", "payload", "createdAt", "availableAt") VALUES (?, ?, ?, ?, ?)`,
  );
  return {
    event: (paymentId: string, [name, from, to, at]: [string, string | null, string, string]) =>
      addEvent.run(newId('evt'), paymentId, name, from, to, at),
    tell: (topic: string, payload: Record<string, string>, at: string) =>
      addMessage.run(newId('out'), topic, JSON.stringify(payload), at, at),
  };
}

function mustChange({ changes }: Connection.RunResult, otherwise: string): void {
  if (changes !== 1) throw new Error(otherwise);
}
