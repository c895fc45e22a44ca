'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/app/viewer';
import { database } from '@/lib/database';
import { markInboxRead } from '@/lib/notify';
import { markReadSchema } from '@/lib/notify/schemas';

/** Marks what the page showed as read; what came since stays unread. */
export async function markReadAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const input = markReadSchema.safeParse(Object.fromEntries(form));
  if (input.success) await markInboxRead(database(), user.id, input.data.seenAt);
  redirect('/inbox');
}
