/**
 * A shop with cards that wait to be bound: `tsx faults/prepare.ts FILE COUNT` writes numbers and passwords to FILE.
 * A process of its own, because the operations read their keys from the environment.
 */
import { writeFileSync } from 'node:fs';
import { type CardContext, cardKeys, drawCards, issueCards, seedProgrammes } from '../lib/cards';
import { database } from '../lib/database';
import { migrate } from '../lib/database/migrations/migrate';
import { env } from '../lib/env';
import { GATEWAY_NAMES } from '../lib/gateways';
import { invariant, newId } from '../lib/kernel';
import { openHouseAccounts } from '../lib/ledger';
import { seedShop } from '../lib/shop';

const FACE_MINOR = 100_000n;

const [file, count] = process.argv.slice(2);
invariant(file && count, 'the file and the number of cards are named');
await migrate(env().databaseUrl);
const now = new Date();
const context: CardContext = { db: database(), now, keys: cardKeys(), zone: env().issuerZone };
await openHouseAccounts(context.db, { currency: 'CNY', gateways: GATEWAY_NAMES, now });
await seedProgrammes(context);
await seedShop(context.db, now);
const order = { programmeId: 'fuyun', count: Number(count), faceMinor: FACE_MINOR };
const drawn = await drawCards(context, order);
invariant(drawn.ok, 'the programme offers this face value');
const issued = await issueCards(context, drawn.value, { id: newId('btc') });
invariant(issued.ok, 'the cards are issued');
const products = await context.db.product.findMany({
  where: { kind: 'goods', priceMinor: { lte: 8_000n } },
  select: { id: true, slug: true, priceMinor: true },
});
writeFileSync(
  file,
  JSON.stringify({
    faceMinor: FACE_MINOR.toString(),
    cards: drawn.value.cards,
    products: products.map((each) => ({ ...each, priceMinor: each.priceMinor.toString() })),
  }),
  { mode: 0o600 },
);
process.exit(0);
