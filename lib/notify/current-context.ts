import { type Database, database } from '@/lib/database';
import { env } from '@/lib/env';
import { aliyunSms } from './aliyun-sms';
import type { Channels } from './channels';
import { sandboxChannel } from './sandbox-channel';
import { smtpChannel } from './smtp';
import type { TellContext } from './tell-people';

const slot = globalThis as { kabaoChannels?: Channels };

/** Telling people as this process is configured, at this moment. */
export function notifyContext(now: Date): TellContext {
  const db = database();
  slot.kabaoChannels ??= openChannels(db);
  return { db, now, channels: slot.kabaoChannels, origin: env().origin, zone: env().issuerZone };
}

/** A provider where one is configured, else the demo's outbox where that is on, else none. */
function openChannels(db: Database): Channels {
  const { smtp, aliyunSms: sms, sandbox } = env();
  return {
    email: smtp ? smtpChannel(smtp) : sandbox ? sandboxChannel(db, 'email') : null,
    sms: sms ? aliyunSms(sms) : sandbox ? sandboxChannel(db, 'sms') : null,
  };
}
