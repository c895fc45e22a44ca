import { afterEach, beforeEach, describe } from 'vitest';
import type { ContractFixture } from './contract-fixture';
import { refunds } from './contract-money-back';
import { notifications } from './contract-notifications';
import { closes, payments } from './contract-payments';

/** What every gateway promises the product. `start` gives a fresh fixture for each test. */
export function gatewayContract(start: () => Promise<ContractFixture>): void {
  let fixture: ContractFixture;
  beforeEach(async () => {
    fixture = await start();
  });
  afterEach(() => fixture.close());

  describe('a payment', () => payments(() => fixture));
  describe('a close', () => closes(() => fixture));
  describe('a refund', () => refunds(() => fixture));
  describe('a notification', () => notifications(() => fixture));
}
