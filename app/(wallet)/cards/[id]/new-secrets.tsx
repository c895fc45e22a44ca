'use client';

import { useActionState, useEffect, useRef } from 'react';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';

export type NewSecretsShown = {
  readonly card: { readonly number: string; readonly password: string } | null;
  readonly message: string;
} | null;

/** The new number and password of a card behind a button: they are shown once, so they are asked for by a form. Nothing where nothing waits. */
export function NewSecrets({
  action,
  cardId,
  waits,
  texts,
}: {
  action: (state: NewSecretsShown, form: FormData) => Promise<NewSecretsShown>;
  cardId: string;
  waits: boolean;
  texts: Readonly<Record<'title' | 'text' | 'number' | 'password' | 'show' | 'showing', string>>;
}) {
  const [shown, show] = useActionState(action, null);
  const answer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (shown?.card) answer.current?.focus();
  }, [shown]);

  if (shown?.card) {
    return (
      <Notice tone="jade" title={texts.title}>
        <div ref={answer} tabIndex={-1} className="flex flex-col gap-2">
          <dl className="flex flex-col gap-2">
            <div>
              <dt className="text-ink-2 text-sm">{texts.number}</dt>
              <dd className="font-bold text-xl tabular-nums">{shown.card.number}</dd>
            </div>
            <div>
              <dt className="text-ink-2 text-sm">{texts.password}</dt>
              <dd className="break-all font-bold font-mono text-xl">{shown.card.password}</dd>
            </div>
          </dl>
          <p role="status">{shown.message}</p>
        </div>
      </Notice>
    );
  }
  if (shown) {
    return (
      <Notice live>
        <p>{shown.message}</p>
      </Notice>
    );
  }
  if (!waits) return null;
  return (
    <Notice tone="jade" title={texts.title}>
      <form action={show} className="flex flex-col gap-3">
        <p>{texts.text}</p>
        <input type="hidden" name="cardId" value={cardId} />
        <SubmitButton pendingLabel={texts.showing}>{texts.show}</SubmitButton>
      </form>
    </Notice>
  );
}
