'use client';

import { Minus, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { NUMBER, STEP } from './quantity-look';

/**
 * How many: a number that can be typed, with two buttons once the page is alive; without JavaScript the field alone.
 */
export function QuantityField({
  max,
  labels,
}: {
  max: number;
  labels: { quantity: string; less: string; more: string };
}) {
  const [ready, setReady] = useState(false);
  const [quantity, setQuantity] = useState('1');
  useEffect(() => setReady(true), []);
  const value = Number(quantity) || 1;
  const step = (to: number) => setQuantity(String(Math.min(max, Math.max(1, to))));
  return (
    <span className="flex items-center gap-1">
      {ready ? (
        <button
          type="button"
          aria-label={labels.less}
          disabled={value <= 1}
          onClick={() => step(value - 1)}
          className={STEP}
        >
          <Icon as={Minus} size={18} />
        </button>
      ) : null}
      <input
        id="quantity"
        name="quantity"
        type="number"
        inputMode="numeric"
        min={1}
        max={max}
        required
        value={quantity}
        onChange={(event) => setQuantity(event.target.value)}
        aria-label={labels.quantity}
        className={NUMBER}
      />
      {ready ? (
        <button
          type="button"
          aria-label={labels.more}
          disabled={value >= max}
          onClick={() => step(value + 1)}
          className={STEP}
        >
          <Icon as={Plus} size={18} />
        </button>
      ) : null}
    </span>
  );
}
