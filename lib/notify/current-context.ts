import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { sandboxChannel } from './sandbox-channel';
import type { NotifyContext } from './send-once';

/** Telling people as this process is configured, at this moment. */
export function notifyContext(now: Date): NotifyContext {
  const { sandbox } = env();
  const db = database();
  return {
    db,
    now,
    channels: {
      email: sandbox ? sandboxChannel(db, 'email') : null,
      sms: sandbox ? sandboxChannel(db, 'sms') : null,
    },
  };
}
