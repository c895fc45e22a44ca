'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatMoney, parseMoney } from '@/lib/kernel/money';
import { CONTROL_FRAME, CONTROL_INNER, describedBy, FieldNotes } from './field';

/**
 * An amount between 0 and `maxMinor`, by slider or by typing, side by side; both always show the same (余额拆分). Posts the typed text
 * under `name` ("286.50"), which `parseMoney` reads; without JavaScript the text field alone does the work.
 * - `onChange` gets fen as a decimal string, or `null` while the text is no amount within the limits.
 * - `defaultMinor`: what it starts with. When the server comes to another amount later, that is shown, unless the reader is
 *   at it: what somebody types is never changed under their hands.
 * - `mistyped`: text to start with that was sent and is no amount.
 * - `invalidText`: shown while it is not ("0 到 286.50 之间").
 */
export function AmountSlider({
  label,
  labelHidden = false,
  prefix = '¥',
  sliderLabel,
  name,
  maxMinor,
  defaultMinor,
  mistyped,
  hint,
  invalidText,
  onChange,
}: {
  label: ReactNode;
  /** The label is only read aloud, because what stands above says it. */
  labelHidden?: boolean;
  /** Before the figures ("最多 ¥"). */
  prefix?: string;
  /** Names the slider for those who do not see it ("用滑块调整福运卡金额"). */
  sliderLabel: string;
  name: string;
  /** Fen as a decimal string. */
  maxMinor: string;
  defaultMinor: string;
  mistyped?: string | undefined;
  hint?: ReactNode;
  invalidText: string;
  onChange?: (minor: string | null) => void;
}) {
  const id = useId();
  const max = BigInt(maxMinor);
  const frame = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(mistyped ?? plain(BigInt(defaultMinor)));
  const typed = parseMoney(text);
  const valid = typed !== null && typed <= max;
  const shown = valid ? typed : BigInt(defaultMinor);

  useEffect(() => {
    if (!frame.current?.contains(document.activeElement)) setText(mistyped ?? plain(BigInt(defaultMinor)));
  }, [defaultMinor, mistyped]);

  function change(next: string) {
    setText(next);
    const minor = parseMoney(next);
    onChange?.(minor !== null && minor <= max ? minor.toString() : null);
  }

  return (
    <div ref={frame} className="flex flex-col gap-1.5">
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-bold'}>
        {label}
      </label>
      <div className="flex items-center gap-4 simple:flex-col simple:items-stretch simple:gap-1">
        <input
          type="range"
          aria-label={sliderLabel}
          aria-valuetext={formatMoney(shown)}
          min="0"
          max={maxMinor}
          step="1"
          value={shown.toString()}
          onChange={(event) => change(plain(BigInt(event.target.value)))}
          className="amount-slider h-target min-w-0 flex-1 accent-cinnabar simple:flex-none"
        />
        <span className={`${CONTROL_FRAME} max-w-40 simple:max-w-none`}>
          <span className="whitespace-nowrap pl-3.5 text-ink-2 text-sm">{prefix}</span>
          <input
            id={id}
            name={name}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={() => valid && setText(plain(shown))}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={!valid || undefined}
            aria-describedby={describedBy(id, { hint, error: !valid })}
            className={`${CONTROL_INNER} pl-2 text-right text-lg tabular-nums`}
          />
        </span>
      </div>
      <FieldNotes id={id} hint={hint} error={valid ? undefined : invalidText} />
    </div>
  );
}

function plain(minor: bigint): string {
  return formatMoney(minor).replace(/[¥,]/g, '');
}
