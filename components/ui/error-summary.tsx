'use client';

import { useEffect, useRef } from 'react';
import { Quoting } from './as-written';

/**
 * All errors of a form, above it. Takes focus when it appears, and again when `errors` is a new array after a
 * submit, and puts "错误：" before the page's title. Each entry jumps to its field; use the same words as inline.
 * - `title`: `common.errors.summary`. `titlePrefix`: `common.errors.titlePrefix`.
 * - `fieldId` of an entry: the control's id; leave it out for what concerns the whole form.
 * Draws nothing when there are no errors.
 */
export function ErrorSummary({
  title,
  titlePrefix,
  errors,
}: {
  title: string;
  titlePrefix: string;
  errors: readonly { fieldId?: string; message: string }[];
}) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (errors.length === 0) return;
    box.current?.focus();
    const plainTitle = document.title.replace(titlePrefix, '');
    document.title = titlePrefix + plainTitle;
    return () => {
      document.title = plainTitle;
    };
  }, [errors, titlePrefix]);

  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page comes back whole, and only this brings the reader here
      autoFocus
      className="rounded-md border-2 border-cinnabar bg-cinnabar-wash px-4 py-3"
    >
      <p className="font-bold text-cinnabar text-lg">{title}</p>
      <ul className="mt-1 flex flex-col">
        {errors.map((error) => (
          <li key={`${error.fieldId ?? ''}${error.message}`}>
            {error.fieldId ? (
              <a href={`#${error.fieldId}`} className="link inline-flex min-h-target items-center">
                <Quoting>{error.message}</Quoting>
              </a>
            ) : (
              <Quoting>{error.message}</Quoting>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
