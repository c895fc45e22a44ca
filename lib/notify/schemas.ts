import { z } from 'zod';
import { CHANNELS } from './model';

/** Pages count from 1; anything else is the first. */
export const pageSchema = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) });

export const markReadSchema = z.object({ seenAt: z.iso.datetime().transform((text) => new Date(text)) });

export const outboxQuerySchema = pageSchema.extend({ channel: z.enum(CHANNELS).nullable().catch(null) });
