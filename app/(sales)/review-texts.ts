import { getTranslations } from 'next-intl/server';
import * as z from 'zod/mini';

/** The words of the review form, in the reader's language; made on the server. */
export async function reviewTexts(): Promise<Readonly<Record<string, string>>> {
  const t = await getTranslations('sales');
  return z.record(z.string(), z.string()).parse(t.raw('fields'));
}
