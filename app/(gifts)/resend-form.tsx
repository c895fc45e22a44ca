'use client';

import { useActionState } from 'react';
import { NOTHING_SENT } from '@/components/forms/form-state';
import { Notice } from '@/components/ui/notice';
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
  const [state, send, pending] = useActionState(resendAction, NOTHING_SENT);
  return (
    <form action={send} className="flex flex-col gap-2">
      <input type="hidden" name="giftId" value={giftId} />
      {state.errors.map(({ message }) => (
        <Notice key={state.answer} tone="danger" live title={message} />
      ))}
      <SubmitButton look="ghost" pending={pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
      <p className="text-ink-2 text-sm">{labels.text}</p>
    </form>
  );
}
