/** The mark: 卡 cut into a seal. Drawn, so that it needs no font. Decorative: its word stands beside it. */
export function Mark({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0 simple:size-9">
      <rect width="32" height="32" rx="8" className="fill-(--cinnabar-fill)" />
      <rect
        x="2.75"
        y="2.75"
        width="26.5"
        height="26.5"
        rx="5.5"
        className="fill-none stroke-on-cinnabar/45"
        strokeWidth="0.9"
      />
      <path
        d="M15.4 6.6V15M15.4 10.4H22M7 15.2H25M15.4 15.2V25.6M18.2 18.6L22 21.4"
        className="fill-none stroke-on-cinnabar"
        strokeWidth="2.3"
        strokeLinecap="round"
      />
    </svg>
  );
}
