import type { PayInput } from '@/lib/checkout';

/** Which of the gateway's pages suits the browser. Only a matter of layout: both take the same payment. */
export function cashierMode(headers: { get(name: string): string | null }): PayInput['mode'] {
  const hint = headers.get('sec-ch-ua-mobile');
  if (hint) return hint === '?1' ? 'mobile' : 'desktop';
  return /Mobi|Android|iPhone/.test(headers.get('user-agent') ?? '') ? 'mobile' : 'desktop';
}
