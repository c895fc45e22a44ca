import { join } from 'node:path';
import { openDatabase } from '../lib/database';
import { migrate } from '../lib/database/migrations/migrate';
import { type SandboxSwitches, setSwitches } from '../lib/gateways/sandbox';
import { type RunningSandbox, startSandbox } from '../lib/gateways/sandbox/testing';

/** A trade as the gateway's own books have it. */
export interface BookedTrade {
  readonly paymentNo: string;
  readonly amountMinor: bigint;
  readonly paid: boolean;
  readonly refunds: readonly { readonly refundNo: string; readonly amountMinor: bigint }[];
}

/**
 * The Alipay sandbox as a separate system: it runs in the campaign's own process with its own database, so it survives when
 * a server dies in the middle of a call.
 */
export interface SandboxGateway {
  readonly alipay: RunningSandbox['alipay'];
  calls(): number;
  /** Opens the cashier by a signed address and gives its path; null when it does not open. */
  visit(url: string): Promise<string | null>;
  /** Confirms at the cashier. True when the shopper is sent back to the shop, which the cashier does once it is paid. */
  confirm(cashierPath: string): Promise<boolean>;
  misbehave(switches: SandboxSwitches): Promise<void>;
  books(): Promise<BookedTrade[]>;
  close(): Promise<void>;
}

const DELIVER_EVERY_MS = 200;

export async function openSandboxGateway(folder: string): Promise<SandboxGateway> {
  const url = `file:${join(folder, 'gateway.db')}`;
  await migrate(url);
  const db = openDatabase(url);
  const sandbox = await startSandbox({
    db,
    clock: () => new Date(),
    onNotification: async () => ({ status: 404, contentType: 'text/plain', body: '' }),
    timing: {
      retryDelaysMs: [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000],
      hangMs: 1_500,
      lateMs: 3_000,
    },
  });
  const delivering = startDelivering(sandbox);
  return {
    alipay: sandbox.alipay,
    calls: sandbox.calls,
    visit: async (address) => {
      const path = await sandbox.visit({ kind: 'redirect', url: address });
      return path.includes('/cashier/') ? path : null;
    },
    confirm: async (path) => {
      const answer = await sandbox.confirm(path);
      return answer.status === 303 && !answer.headers.get('location')?.includes('/sandbox/');
    },
    misbehave: (switches) => setSwitches(sandbox.context(), null, switches),
    books: async () => {
      const trades = await db.sandboxTrade.findMany({ include: { refunds: true } });
      return trades.map(({ outTradeNo, amountMinor, paidAt, refunds }) => ({
        paymentNo: outTradeNo,
        amountMinor,
        paid: paidAt !== null,
        refunds: refunds.map((each) => ({ refundNo: each.outRequestNo, amountMinor: each.amountMinor })),
      }));
    },
    close: async () => {
      await delivering.stop();
      await sandbox.close();
      await db.$disconnect();
    },
  };
}

/** What a server has to be told to find this gateway. */
export function alipaySettings(alipay: SandboxGateway['alipay']): Readonly<Record<string, string>> {
  return {
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_SELLER_ID: alipay.sellerId,
    ALIPAY_PRIVATE_KEY: alipay.privateKeyPem,
    ALIPAY_PUBLIC_KEY: alipay.alipayPublicKeyPem,
    ALIPAY_GATEWAY_URL: alipay.gatewayUrl,
  };
}

/** Delivers the gateway's notifications to the shop; one that the shop does not acknowledge is sent again. */
function startDelivering(sandbox: RunningSandbox) {
  let running: Promise<void> | null = null;
  const turn = () => {
    running ??= sandbox.deliver().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(turn, DELIVER_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
