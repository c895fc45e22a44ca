'use client';

import { Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { buttonClasses } from '@/components/ui/button';
import { CONTROL_FRAME, CONTROL_INNER } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';

/** A link to pass on: shown whole, so that it can be copied by hand, and copied by a press. */
export function CopyLink({
  link,
  labels,
}: {
  link: string;
  labels: Record<'link' | 'hint' | 'copy' | 'copied', string>;
}) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="font-bold">
        {labels.link}
      </label>
      <span className={CONTROL_FRAME}>
        <input
          id={id}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className={`${CONTROL_INNER} text-sm`}
        />
      </span>
      <button
        type="button"
        onClick={() => {
          navigator.clipboard.writeText(link).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
        className={`${buttonClasses({ look: 'primary', block: true })} noscript:hidden`}
      >
        <Icon as={Copy} />
        <span aria-live="polite">{isCopied ? labels.copied : labels.copy}</span>
      </button>
      <p className="text-ink-2 text-sm">{labels.hint}</p>
    </div>
  );
}
