import { SubmitButton } from '@/components/ui/submit-button';
import { resendAction } from './sender-actions';

/** Sends a gift once more, with a new link. */
export function ResendForm({
  giftId,
  labels,
}: {
  giftId: string;
  labels: Record<'submit' | 'pending' | 'text', string>;
}) {
  return (
    <form action={resendAction} className="flex flex-col gap-2">
      <input type="hidden" name="giftId" value={giftId} />
      <SubmitButton look="ghost" pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
      <p className="text-ink-2 text-sm">{labels.text}</p>
    </form>
  );
}
