'use client';

import { Eye } from 'lucide-react';
import { useActionState, useEffect, useRef } from 'react';
import { buttonClasses } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

export type PhoneShown = { readonly phone: string | null; readonly message: string } | null;

/** A masked phone number and the button that shows it whole: an act that is written down, so it is asked for by a form. */
export function RevealPhone({
  action,
  holderId,
  masked,
  texts,
}: {
  action: (state: PhoneShown, form: FormData) => Promise<PhoneShown>;
  holderId: string;
  masked: string;
  texts: { readonly show: string; readonly showLabel: string; readonly showing: string };
}) {
  const [shown, show, pending] = useActionState(action, null);
  const number = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    if (shown?.phone) number.current?.focus();
  }, [shown]);

  if (shown?.phone) {
    return (
      <span className="flex flex-col items-end">
        <a
          ref={number}
          href={`tel:${shown.phone.replaceAll(' ', '')}`}
          className="link inline-flex min-h-target items-center font-bold tabular-nums"
        >
          {shown.phone}
        </a>
        <span role="status" className="text-ink-2 text-xs">
          {shown.message}
        </span>
      </span>
    );
  }
  return (
    <form action={show} className="flex flex-wrap items-center justify-end gap-x-3">
      <input type="hidden" name="holderId" value={holderId} />
      <span className="tabular-nums">{masked}</span>
      <button
        type="submit"
        aria-label={texts.showLabel}
        aria-disabled={pending || undefined}
        onClick={(event) => pending && event.preventDefault()}
        className={buttonClasses({ look: 'quiet', size: 'md' })}
      >
        <Icon as={Eye} size={18} />
        {pending ? texts.showing : texts.show}
      </button>
      {shown ? (
        <span role="status" className="basis-full text-right text-sm">
          {shown.message}
        </span>
      ) : null}
    </form>
  );
}
