'use client';

import { useActionState } from 'react';
import { AsWritten } from '@/components/ui/as-written';
import { buttonClasses } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

export type IdentityShown = { readonly identity: string | null; readonly message: string } | null;

/** A buyer's document behind a question: why it is opened is written down before it is. */
export function RevealIdentity({
  action,
  identityId,
  texts,
}: {
  action: (state: IdentityShown, form: FormData) => Promise<IdentityShown>;
  identityId: string;
  texts: Readonly<Record<'open' | 'reason' | 'reasonHint' | 'show' | 'showing', string>>;
}) {
  const [shown, show, pending] = useActionState(action, null);
  if (shown?.identity) {
    return (
      <span role="status">
        <b className="tabular-nums">
          <AsWritten>{shown.identity}</AsWritten>
        </b>{' '}
        <span className="text-ink-2 text-xs">{shown.message}</span>
      </span>
    );
  }
  return (
    <details>
      <summary className="inline-flex min-h-target items-center text-cinnabar">{texts.open}</summary>
      <form action={show} className="flex flex-col gap-2">
        <input type="hidden" name="identityId" value={identityId} />
        <TextField
          id={`reason-${identityId}`}
          name="reason"
          label={texts.reason}
          hint={texts.reasonHint}
          error={shown?.message}
          required
        />
        <button type="submit" className={buttonClasses({ size: 'md' })}>
          {pending ? texts.showing : texts.show}
        </button>
      </form>
    </details>
  );
}
