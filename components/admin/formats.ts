/** How instants stand on the pages of the support desk, in the issuer's zone: to the second, as calls are argued. */
export const TIME = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

export const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
