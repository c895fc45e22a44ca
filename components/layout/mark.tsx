/** The 卡包 mark: two cards in a pocket, drawn from the house's colour. Decorative: its word stands beside it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0 text-cinnabar">
      <rect width="32" height="32" rx="8.5" fill="currentColor" />
      <g
        fill="none"
        className="stroke-on-cinnabar"
        strokeWidth="1.9"
        strokeLinejoin="round"
        strokeLinecap="round"
      >
        <path d="M10.2 11.2V9.4c0-1 .8-1.8 1.8-1.8h8c1 0 1.8.8 1.8 1.8v1.8" />
        <path d="M7 13.2h18v9.4c0 1.2-.9 2.1-2.1 2.1H9.100c-1.200 0-2.100-.9-2.100-2.100z" />
        <path d="M7 17.300h5.200c.5 2 1.900 3.100 3.800 3.100s3.300-1.100 3.800-3.100H25" />
      </g>
    </svg>
  );
}
