'use client';

import { type ChangeEvent, type ClipboardEvent, type ComponentProps, useRef, useState } from 'react';
import { TextField } from '@/components/ui/text-field';
import { looksMistyped, type PastedCard, splitPasted } from '@/lib/cards/schemas';
import { groupDigits } from './group-digits';

/**
 * The card number: grouped by four while it is typed, with no limit of its own. A pasted message that holds number and
 * password goes to `onPasteCard`. The check digit only gives a hint: cards of older systems may have none.
 */
export function NumberField({
  hint,
  checkHint,
  onPasteCard,
  onChange,
  defaultValue,
  ...field
}: {
  hint: string;
  checkHint: string;
  onPasteCard: (card: PastedCard) => void;
  onChange: (event: ChangeEvent<HTMLInputElement>) => unknown;
  defaultValue: string | undefined;
} & Omit<ComponentProps<typeof TextField>, 'hint' | 'onChange' | 'defaultValue'>) {
  const given = groupDigits({ value: defaultValue ?? '', caret: 0 }, { before: '', deletion: null }).value;
  const before = useRef(given);
  const [doubtful, setDoubtful] = useState(false);

  const regroup = (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.target;
    if (!isComposing(event.nativeEvent)) {
      const grouped = groupDigits(
        { value: input.value, caret: input.selectionStart ?? input.value.length },
        { before: before.current, deletion: deletionOf(event.nativeEvent) },
      );
      if (grouped.value !== input.value) {
        input.value = grouped.value;
        input.setSelectionRange(grouped.caret, grouped.caret);
      }
      before.current = grouped.value;
      setDoubtful(looksMistyped(grouped.value));
    }
    onChange(event);
  };

  const takePaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const card = splitPasted(event.clipboardData.getData('text'));
    if (!card) return;
    event.preventDefault();
    onPasteCard(card);
  };

  return (
    <TextField
      {...field}
      defaultValue={given}
      hint={
        <span aria-live="polite">
          {doubtful ? <strong className="text-amber">{checkHint}</strong> : hint}
        </span>
      }
      figures
      inputMode="numeric"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      onChange={regroup}
      onPaste={takePaste}
    />
  );
}

function isComposing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing;
}

function deletionOf(event: Event): 'backward' | 'forward' | null {
  if (!(event instanceof InputEvent)) return null;
  if (event.inputType === 'deleteContentBackward') return 'backward';
  return event.inputType === 'deleteContentForward' ? 'forward' : null;
}
