/** The two buttons of a quantity, here and in the basket. */
export const STEP =
  'grid size-target shrink-0 place-items-center rounded-sm border-[1.5px] border-line bg-surface hover:border-edge ' +
  'disabled:pointer-events-none disabled:text-ink-2 disabled:opacity-50';

/** The number between them. */
export const NUMBER =
  'h-target w-14 rounded-sm border-[1.5px] border-edge bg-surface text-center text-lg tabular-nums ' +
  '[appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none simple:w-18';
