import type { Page } from '@playwright/test';
import { addServices, noteInvoice, refuseRefunds, sendGift } from '../ask-desk';
import type { CardServiceWorld } from '../card-services';
import { bindCard, type Demo, expect, type Person, signUpSomebody, takeCard } from '../demo';

import type { SentGift } from '../prepare-gift';
import { rows } from '../records';
import { expectResult, order, orderIdOf, payAtCashier, payButton } from '../shopping';

/** A shopper with one of everything that nobody else may see. */
export interface Owner {
  readonly person: Person;
  readonly user: string;
  readonly card: string;
  /** Not yet paid. */
  readonly open: string;
  /** Its shopper stands at the gateway's cashier; the rest of the card is held for it. */
  readonly paying: string;
  readonly paid: string;
  /** On its way from the owner to somebody. */
  readonly gift: SentGift;
  /** Cards that are ordered and not yet paid. */
  readonly purchase: string;
  /** Cards that are paid and in the wallet. */
  readonly bought: string;
  /** Cards that are handed back, and whose money the gateway has refused to send. */
  readonly refused: string;
  /** Cards of plastic, paid, with an invoice that is asked for. */
  readonly parcel: string;
  /** On record, of the cards in the wallet. */
  readonly invoice: string;
  /** On its way to whoever has its link, from somebody else. */
  readonly present: SentGift;
  /** Cards for which something can be asked of the issuer, and what was asked. */
  readonly services: CardServiceWorld;
  /** The trade at the gateway of the order that is being paid. */
  readonly trade: string;
}

/** Signs up, binds a card of ¥1,000 and brings three orders as far as they are to be. */
export async function becomeOwner(page: Page, demo: Demo): Promise<Owner> {
  const person = await signUpSomebody(page, { phone: true });
  await bindCard(page, takeCard(demo, 'thousand'));
  const card = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const paid = await order(page, 'celadon-mug');
  await payButton(page).click();
  await expectResult(page, '付好了');
  const open = await order(page, 'celadon-mug');
  const paying = await order(page, 'celadon-mug', 20);
  await payButton(page).click();
  await page.waitForURL('**/sandbox/alipay/cashier/**');
  const trade = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const parcel = await payFor(page, await orderPlastic(page, demo, person));
  const bought = await payFor(page, await orderCards(page, demo));
  const refused = await handBackInVain(page, demo);
  const purchase = await orderCards(page, demo);
  const gift = await sendGift(demo, person.login);
  const present = await sendGift(demo, demo.shoppers[0]?.login ?? '');
  const [holder] = await rows(demo, `SELECT "holderId" FROM "Card" WHERE "id" = $1`, card);
  const user = String(holder?.holderId);
  return {
    person,
    user,
    card,
    open,
    paying,
    paid,
    purchase,
    bought,
    refused,
    parcel,
    invoice: await noteInvoice(demo, bought),
    gift,
    present,
    services: await addServices(demo, user),
    trade,
  };
}

async function orderCards(page: Page, demo: Demo): Promise<string> {
  await page.goto('/buy/fuyun/review?face=10000&quantity=1&purpose=self');
  return placedBy(page, demo);
}

async function orderPlastic(page: Page, demo: Demo, { login }: Person): Promise<string> {
  await page.goto('/buy/zhenxiang/review?face=10000&quantity=1&purpose=ship');
  await page.getByLabel('收件人').fill('林小满');
  await page.getByLabel('联系电话').fill('13800138000');
  await page.getByLabel('收件地址').fill('浙江省杭州市西湖区文三路1号');
  await page.getByLabel('姓名或单位名称').fill('林小满');
  await page.getByLabel('证件号码').fill('110101199003070070');
  await page.getByLabel('我要发票').check();
  await page.getByLabel('发票抬头').fill(login);
  await page.getByLabel('收发票的邮箱').fill('lin@example.com');
  return placedBy(page, demo);
}

async function placedBy(page: Page, demo: Demo): Promise<string> {
  await page.getByRole('button', { name: /^去付款/ }).click();
  await page.waitForURL(/\/checkout\/ord_\w+$/);
  const sql = `SELECT "id" FROM "CardPurchase" WHERE "orderId" = $1`;
  const [purchase] = await rows(demo, sql, orderIdOf(page));
  return String(purchase?.id);
}

/** Pays the order at whose checkout the page stands, and waits until its cards are made. */
async function payFor(page: Page, purchase: string): Promise<string> {
  await payButton(page).click();
  await payAtCashier(page);
  await page.goto(`/purchases/${purchase}`);
  await page.getByText('退卡退款', { exact: true }).waitFor();
  return purchase;
}

async function handBackInVain(page: Page, demo: Demo): Promise<string> {
  const purchase = await orderCards(page, demo);
  const orderId = orderIdOf(page);
  await payFor(page, purchase);
  await refuseRefunds(demo, orderId, true);
  await page.getByText('退卡退款', { exact: true }).click();
  await page.getByRole('button', { name: '确认退卡' }).click();
  const sql = `SELECT r."id" FROM "Refund" r JOIN "Payment" p ON p."id" = r."paymentId"
   WHERE p."orderId" = $1 AND r."state" = 'FAILED'`;
  await expect.poll(() => rows(demo, sql, orderId), { timeout: 45_000 }).toHaveLength(1);
  return purchase;
}

/** Everything the database knows of a person that a stranger could want to change, as one text to compare. */
export async function traceOf(demo: Demo, user: string): Promise<string> {
  const facts = await Promise.all(
    TRACES.map(async (sql) => {
      const found = await rows(demo, sql, user);
      return found.map((row) => JSON.stringify(row));
    }),
  );
  return facts.flat().join('\n');
}

const TRACES = [
  `SELECT "id", "name", "phone", "email", "passwordHash", "role", "disabledAt" FROM "User" WHERE "id" = $1`,
  `SELECT "id", "revokedAt" FROM "Session" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT "id", "state", "kind" FROM "CardRequest" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT "id", "lastFour", "expiresAt", "sealedPassword" FROM "Card" WHERE "holderId" = $1 ORDER BY "id"`,
  `SELECT c."id", c."state", c."nickname", a."debitsPending", a."debitsPosted", a."creditsPosted"
   FROM "Card" c JOIN "Account" a ON a."id" = c."accountId" WHERE c."holderId" = $1 ORDER BY c."id"`,
  `SELECT s."cardId", s."dayLimitMinor", s."archivedAt" FROM "CardSetting" s JOIN "Card" c ON c."id" = s."cardId"
   WHERE c."holderId" = $1 ORDER BY s."cardId"`,
  `SELECT "id", "state", "tokenVersion", "openedAt", "claimedById" FROM "Gift" WHERE "senderId" = $1 ORDER BY "id"`,
  `SELECT "id", "state", "identityId" FROM "CardPurchase" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT "id", "maskedName" FROM "BuyerIdentity" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT s."id", s."state" FROM "Shipment" s JOIN "CardPurchase" p ON p."id" = s."purchaseId"
   WHERE p."userId" = $1 ORDER BY s."id"`,
  `SELECT i."id", i."state", i."number", i."reversalNumber" FROM "Invoice" i JOIN "CardPurchase" p ON p."id" = i."purchaseId"
   WHERE p."userId" = $1 ORDER BY i."id"`,
  `SELECT a."id" FROM "AuditEvent" a JOIN "Shipment" s ON s."id" = a."subjectId"
   JOIN "CardPurchase" p ON p."id" = s."purchaseId" WHERE p."userId" = $1 ORDER BY a."id"`,
  `SELECT a."id" FROM "AuditEvent" a JOIN "BuyerIdentity" i ON i."id" = a."subjectId" WHERE i."userId" = $1`,
  `SELECT "id" FROM "InboxMessage" WHERE "userId" = $1 AND "readAt" IS NOT NULL ORDER BY "id"`,
  `SELECT "choices" FROM "NotificationPreference" WHERE "userId" = $1`,
  `SELECT "productId", "quantity" FROM "BasketLine" WHERE "userId" = $1 ORDER BY "productId"`,
  `SELECT "id", "state", "totalMinor" FROM "Order" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT "id", "state", "refundedMinor" FROM "Payment" WHERE "userId" = $1 ORDER BY "id"`,
  `SELECT r."id", r."amountMinor" FROM "Refund" r JOIN "Payment" p ON p."id" = r."paymentId"
   WHERE p."userId" = $1 ORDER BY r."id"`,
  // Staff look at people: that is theirs to do, and written down.
  `SELECT "id", "action" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" NOT LIKE '%.viewed' ORDER BY "id"`,
  `SELECT e."id", e."kind" FROM "CardEvent" e JOIN "Card" c ON c."id" = e."cardId" WHERE c."holderId" = $1 ORDER BY e."id"`,
  `SELECT t."state" FROM "SandboxTrade" t JOIN "Tender" d ON d."id" = t."outTradeNo"
   JOIN "Payment" p ON p."id" = d."paymentId" WHERE p."userId" = $1 ORDER BY t."id"`,
] as const;
