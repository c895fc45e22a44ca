/**
 * A helper process that prepares for journeys what no page can. It stays, because loading the product anew each time takes
 * seconds. `tsx e2e/desk.ts` prints its address, and ends when its input is closed. Not the support desk of the product.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { auditPayments } from '../lib/checkout';
import { database } from '../lib/database';
import { invariant, parseId } from '../lib/kernel';
import { audit } from '../lib/ledger';
import { addCardServices } from './card-services';
import { prepareCards } from './prepare-cards';
import { prepareExpiry } from './prepare-expiry';
import { prepareGift } from './prepare-gift';
import { prepareInvoice } from './prepare-invoice';
import { prepareRefusal } from './prepare-refusal';

const duties: Record<string, (given: unknown) => Promise<unknown>> = {
  audit: async () => {
    const { transfers, differences } = await audit(database());
    return { transfers, differences: [...differences, ...(await auditPayments(database(), new Date()))] };
  },
  cards: () => prepareCards(),
  expiry: (given) => prepareExpiry(expirySchema.parse(given)),
  gift: (given) => prepareGift(giftSchema.parse(given)),
  invoice: (given) => prepareInvoice(z.string().parse(given)),
  refusal: (given) => prepareRefusal(refusalSchema.parse(given)),
  services: (given) => {
    const userId = parseId('usr', z.string().parse(given));
    invariant(userId, 'a shopper has an id');
    return addCardServices(userId);
  },
};
const expirySchema = z.object({ card: z.string(), days: z.number() });
const refusalSchema = z.object({ orderId: z.string(), refuses: z.boolean() });
const giftSchema = z.object({ login: z.string(), passphrase: z.string() });

const server = createServer(async (request, response) => {
  const [status, answer] = await done(request).then(
    (value): [number, string] => [200, JSON.stringify(value ?? null)],
    (error): [number, string] => [500, error instanceof Error ? `${error.stack}` : String(error)],
  );
  response.writeHead(status).end(answer);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

async function done(request: IncomingMessage): Promise<unknown> {
  const duty = duties[request.url?.slice(1) ?? ''];
  if (!duty) throw new Error(`nobody does ${request.url}`);
  return duty(JSON.parse(await text(request)));
}
