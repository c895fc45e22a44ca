import 'server-only';
import { allocateRefund } from '@/lib/checkout';
import { env } from '@/lib/env';
import type { ReturnChoice } from '@/lib/shop';
import type { OrderPayment, ReceiptTender } from '../order-payment';

/** Where the money would go, by tender, as the refund itself will decide it; null when it would be refused. */
export function refundParts(
  { payment, receipt }: OrderPayment,
  choice: ReturnChoice,
): readonly { tender: ReceiptTender; amountMinor: bigint }[] | null {
  const allocation = allocateRefund({
    tenders: payment.tenders.map(({ id, kind, lines }) => ({
      id,
      kind,
      lines: lines.map(({ orderLineId, amountMinor, refundedMinor }) => ({
        lineId: orderLineId,
        capturedMinor: amountMinor,
        refundedMinor,
      })),
    })),
    lines: choice,
    policy: env().refundPolicy,
  });
  if (!allocation.ok) return null;
  return receipt.flatMap((tender) => {
    const amountMinor = allocation.value
      .filter(({ tenderId }) => tenderId === tender.id)
      .reduce((sum, part) => sum + part.amountMinor, 0n);
    return amountMinor > 0n ? [{ tender, amountMinor }] : [];
  });
}
