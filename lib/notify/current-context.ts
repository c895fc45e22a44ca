import { type Database, database } from '@/lib/database';
import { env } from '@/lib/env';
import { aliyunSms } from './aliyun-sms';
import type { Channels } from './channels';
import { sandboxChannel } from './sandbox-channel';
import type { NotifyContext } from './send-once';
import { smtpChannel } from './smtp';

const slot = globalThis as { kabaoChannels?: Channels };

/** Telling people as this process is configured, at this moment. */
export function notifyContext(now: Date): NotifyContext {
  const db = database();
  slot.kabaoChannels ??= openChannels(db);
  return { db, now, channels: slot.kabaoChannels };
}

/** A provider where one is configured, else the demo's outbox where that is on, else none. */
function openChannels(db: Database): Channels {
  const { smtp, aliyunSms: sms, sandbox } = env();
  return {
    email: smtp ? smtpChannel(smtp) : sandbox ? sandboxChannel(db, 'email') : null,
    sms: sms ? aliyunSms(sms) : sandbox ? sandboxChannel(db, 'sms') : null,
  };
}
