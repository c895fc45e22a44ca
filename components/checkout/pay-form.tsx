'use client';

import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useLivePending } from '@/components/forms/live-address';
import { SubmitButton } from '@/components/ui/submit-button';

/**
 * The one button that moves money: an ordinary form that is posted to a route, once per press. Whatever is sent twice all
 * the same carries the same key and is the same payment.
 */
export function PayForm({
  action,
  fields,
  pendingLabel,
  disabled = false,
  children,
}: {
  action: string;
  fields: readonly (readonly [name: string, value: string])[];
  pendingLabel: string;
  /** There is no way to pay this: the page says why. */
  disabled?: boolean;
  children: ReactNode;
}) {
  const lagging = useLivePending();
  const [sent, setSent] = useState(false);

  // Back from the gateway by the browser's own button, the page may be as it was left.
  useEffect(() => {
    const wake = (event: PageTransitionEvent) => event.persisted && setSent(false);
    window.addEventListener('pageshow', wake);
    return () => window.removeEventListener('pageshow', wake);
  }, []);

  function submit(event: FormEvent<HTMLFormElement>) {
    if (lagging || sent) event.preventDefault();
    else setSent(true);
  }

  return (
    <form method="post" action={action} onSubmit={submit}>
      {fields.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton
        pending={sent}
        pendingLabel={pendingLabel}
        disabled={disabled}
        aria-disabled={lagging || sent || undefined}
      >
        {children}
      </SubmitButton>
    </form>
  );
}
