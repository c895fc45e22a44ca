import { type Answer, type Browser, Lost } from './browser';
import { between, pause } from './chance';
import type { CardSecret, Journal, Product, Story } from './journal';
import { type Forms, headingOf } from './pages';
import type { SandboxGateway } from './sandbox-gateway';

/** What all shoppers of a campaign share: the shop's address, the gateway, the cards still unbound, and the journal. */
export interface ShopperContext {
  readonly origin: string;
  readonly forms: Forms;
  readonly gateway: SandboxGateway;
  readonly journal: Journal;
  readonly products: readonly Product[];
  readonly captchaKey: Buffer;
  readonly faceMinor: bigint;
  /** A card that nobody has yet. */
  takeCard(): CardSecret | null;
  /** Whether faults are being injected. Once false, nothing new is begun, and everybody finishes what they began. */
  isInjecting(): boolean;
}

/** One shopper: a browser, what the shop has acknowledged to this person, and what all shoppers share. */
export interface Shopper {
  readonly context: ShopperContext;
  readonly browser: Browser;
  readonly story: Story;
}

/** The shop has said that something is done. */
export function acknowledge({ context }: Pick<Shopper, 'context'>): void {
  context.journal.acknowledged += 1;
}

/** Repeats until there is an answer. While faults are injected it gives up after a few tries and throws `Lost`. */
export async function insist<T>({ context }: Pick<Shopper, 'context'>, work: () => Promise<T>): Promise<T> {
  const tries = context.isInjecting() ? between(1, 5) : 200;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Lost) || attempt >= tries) throw error;
      await pause(between(20, 300));
    }
  }
}

/** The error for an answer that should not exist; what catches it writes it down, and the campaign fails. */
export function odd(answer: Answer, what: string): Error {
  if (answer.location?.startsWith('/sign-in')) return new Error(`${what}: the session is gone`);
  return new Error(
    `${what} answered ${answer.status} ${answer.location ?? ''} ${headingOf(answer.body)}`.trim(),
  );
}
