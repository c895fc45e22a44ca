import { openDrawnChallenge } from '../lib/captcha/drawn-challenge';
import { Lost, openBrowser } from './browser';
import { between, chance, oneOf, pause } from './chance';
import { newPurchase, type Story } from './journal';
import { textOf } from './pages';
import { goOn } from './purchase';
import { acknowledge, insist, type Shopper, type ShopperContext } from './shopper-context';

const FIRST_CARDS = 2;
const OPEN_PURCHASES = 3;
const LOW_MINOR = 30_000n;
const PASSWORD = 'tulip radiator seven';

/** A new shopper who has signed up and bound the first cards, through the shop's own pages. */
export async function openShopper(context: ShopperContext, number: number): Promise<Shopper> {
  const story: Story = { login: `+8613${String(700_000_000 + number)}`, bindings: [], purchases: [] };
  const browser = openBrowser({
    origin: context.origin,
    address: `10.${(number >> 8) & 255}.${number & 255}.7`,
    impatienceMs: () => (context.isInjecting() && chance(0.05) ? between(1, 150) : null),
  });
  const shopper = { context, browser, story };
  await insist(shopper, async () => {
    const hidden = await context.forms.signUp(browser);
    const answer = await browser.post('/sign-up', [
      ...hidden,
      ['login', story.login],
      ['password', PASSWORD],
      ['name', 'F'],
    ]);
    if (answer.status !== 303) throw new Error(`sign-up answered ${answer.status}`);
  });
  context.journal.stories.push(story);
  for (let count = 0; count < FIRST_CARDS; count += 1) await bindOne(shopper);
  return shopper;
}

/** Shops while faults are injected, then finishes everything that was begun. */
export async function shop(shopper: Shopper): Promise<void> {
  const { context, story } = shopper;
  while (context.isInjecting()) {
    await doSomething(shopper).catch((error) => noteFailure(shopper, error));
    await pause(between(0, 60));
  }
  for (let open = unfinished(story); open.length > 0; open = unfinished(story)) {
    for (const purchase of open) await goOn(shopper, purchase).catch((error) => noteFailure(shopper, error));
    await pause(100);
  }
  for (const binding of story.bindings.filter(({ cardId }) => cardId === null)) {
    await insist(shopper, () => bindOnce(shopper, binding));
  }
}

/** Binds a card, goes on with a purchase, or begins one. */
async function doSomething(shopper: Shopper): Promise<void> {
  const { story, context } = shopper;
  const unbound = story.bindings.find(({ cardId }) => cardId === null);
  if (unbound) return bindOnce(shopper, unbound);
  const wealth = story.bindings.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
  if (wealth < LOW_MINOR || chance(0.02)) return bindOne(shopper);
  const open = unfinished(story);
  if (open.length >= OPEN_PURCHASES || (open.length > 0 && chance(0.3))) return goOn(shopper, oneOf(open));
  const purchase = newPurchase(oneOf(context.products), between(1, 3));
  story.purchases.push(purchase);
  return goOn(shopper, purchase);
}

function unfinished(story: Story) {
  return story.purchases.filter(({ finished }) => !finished);
}

/** A lost answer is expected here; anything else is written down. */
function noteFailure({ context }: Shopper, error: unknown): void {
  if (error instanceof Lost) return;
  context.journal.oddities.push(error instanceof Error ? error.message : String(error));
}

async function bindOne(shopper: Shopper): Promise<void> {
  const secret = shopper.context.takeCard();
  if (!secret) return;
  const binding = { ...secret, cardId: null, leftMinor: 0n };
  shopper.story.bindings.push(binding);
  await insist(shopper, () => bindOnce(shopper, binding));
}

/** Reads the picture as a person would (with the server's key), and sends the form. */
async function bindOnce(shopper: Shopper, binding: Story['bindings'][number]): Promise<void> {
  const { context, browser } = shopper;
  const hidden = await context.forms.bind(browser);
  const { token } = JSON.parse((await browser.get('/api/captcha/drawn')).body);
  const digits = openDrawnChallenge(String(token), context.captchaKey)?.digits ?? '';
  const answer = await browser.post('/cards/bind', [
    ...hidden,
    ['number', binding.number],
    ['password', binding.password],
    ['captchaDrawn', String(token)],
    ['captchaDigits', digits],
  ]);
  const [, cardId] = /^\/cards\/bind\/(crd_\w+)/.exec(answer.location ?? '') ?? [];
  const told = textOf(answer.body);
  // A server that died during an attempt has still counted it, so being told to wait is correct.
  if (told.includes('试得太多了')) throw new Lost('told to wait');
  if (!cardId)
    throw new Error(`binding answered ${answer.status} ${answer.location ?? ''} ${told.slice(0, 300)}`);
  binding.cardId = cardId;
  binding.leftMinor = context.faceMinor;
  acknowledge(shopper);
}
