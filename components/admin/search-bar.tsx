'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { CONTROL_FRAME } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { SubmitButton } from '@/components/ui/submit-button';
import { searchSchema } from '@/lib/support/schemas';

export interface SearchTexts {
  readonly label: string;
  readonly placeholder: string;
  readonly submit: string;
  readonly pending: string;
  readonly shortcut: string;
  readonly shortcutOn: string;
  readonly shortcutOff: string;
  readonly form: FormTexts;
}

/**
 * The one search field of the support desk. It posts, so that what is typed stands in no address, and what was typed is
 * not sent back. The key `/` leads to it, unless that is switched off (WCAG 2.1.4).
 */
export function SearchBar({
  action,
  texts,
  autoFocus = false,
}: {
  action: FormAction;
  texts: SearchTexts;
  autoFocus?: boolean;
}) {
  const form = useServerForm({ action, schema: searchSchema, texts: texts.form });
  const { error, ref, ...field } = form.field('term');
  const input = useRef<HTMLInputElement>(null);
  const shortcut = useSlashKey(input);
  return (
    <search className="flex min-w-0 flex-col gap-1.5">
      <form {...form.formProps} className="flex items-stretch gap-2">
        <span className={`${CONTROL_FRAME} min-h-target min-w-0 flex-1 pl-3`}>
          <Icon as={Search} size={18} className="text-ink-2" />
          <input
            {...field}
            ref={(element) => {
              input.current = element;
              ref(element);
            }}
            id="term"
            type="text"
            aria-label={texts.label}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? 'term-error' : undefined}
            aria-keyshortcuts={shortcut.on ? '/' : undefined}
            placeholder={texts.placeholder}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            // biome-ignore lint/a11y/noAutofocus: the page is this field, and nothing stands before it
            autoFocus={autoFocus}
            className="min-h-target w-full min-w-0 flex-1 bg-transparent px-2.5 text-lg outline-none placeholder:text-ink-2"
          />
          <button
            type="button"
            aria-pressed={shortcut.on}
            aria-label={texts.shortcut}
            title={shortcut.on ? texts.shortcutOn : texts.shortcutOff}
            onClick={shortcut.toggle}
            className="noscript:hidden grid min-h-target min-w-target shrink-0 place-items-center rounded-sm text-ink-2 text-sm aria-[pressed=false]:line-through max-md:hidden"
          >
            <span className="grid size-7 place-items-center rounded-sm border border-edge">/</span>
          </button>
        </span>
        <SubmitButton size="md" block={false} pending={form.pending} pendingLabel={texts.pending}>
          {texts.submit}
        </SubmitButton>
      </form>
      {error ? (
        <p id="term-error" role="alert" className="font-bold text-cinnabar text-sm">
          {error}
        </p>
      ) : null}
    </search>
  );
}

const STORE_KEY = 'kabao_slash_key';

function useSlashKey(input: React.RefObject<HTMLInputElement | null>) {
  const [on, setOn] = useState(true);

  useEffect(() => setOn(localStorage.getItem(STORE_KEY) !== 'off'), []);

  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      const typing =
        target instanceof HTMLElement &&
        (target.isContentEditable || target.matches('input, textarea, select, dialog *'));
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on, input]);

  const toggle = () => {
    localStorage.setItem(STORE_KEY, on ? 'off' : 'on');
    setOn(!on);
  };
  return { on, toggle };
}
