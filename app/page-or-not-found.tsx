import 'server-only';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { answerNotFound } from '@/lib/request-guard/open-responses';
import NotFound, { generateMetadata as notFoundMetadata } from './not-found';

/**
 * A page that may find that it does not exist (`notFound`) and then still draws itself on the server. Left alone, Next
 * throws the whole page away and lets scripts draw the other one: without scripts the screen stays empty.
 * - `Missing`: what stands there then, where that is not the same as everywhere.
 */
export function pageOrNotFound<Props>(draw: (props: Props) => Promise<ReactNode>, Missing = NotFound) {
  return async function page(props: Props): Promise<ReactNode> {
    try {
      return await draw(props);
    } catch (error) {
      if (!isNotFound(error) || !answerNotFound(await headers())) throw error;
      return <Missing />;
    }
  };
}

/** The title and description of such a page: `read` throws `notFound` where the page will. */
export function metadataOrNotFound<Props>(
  read: (props: Props) => Promise<Metadata>,
  missing = notFoundMetadata,
) {
  return async function metadata(props: Props): Promise<Metadata> {
    try {
      return await read(props);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return missing();
    }
  };
}

/** Recognises what `notFound` throws by its digest, as the client's router does: Next exports no other way. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'digest' in error && error.digest === 'NEXT_HTTP_ERROR_FALLBACK;404';
}
