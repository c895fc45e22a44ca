import { createTransport } from 'nodemailer';
import type { SmtpEnv } from '@/lib/env';
import { SECOND_MS } from '@/lib/kernel';
import type { Channel, Outgoing, Sending } from './channels';

export interface SmtpChannel extends Channel {
  /** Ends the connections that are kept for the next message. */
  close(): void;
}

/**
 * E-mail by SMTP. Anything that is not on this machine must speak TLS: messages may hold a link that is worth money.
 * A few connections are kept, so that many messages at once do not ask for many.
 */
export function smtpChannel({ url, from }: SmtpEnv, timeoutMs = 20 * SECOND_MS): SmtpChannel {
  const { hostname, protocol } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    requireTLS: protocol === 'smtp:' && !isLoopback(hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (message) => {
      try {
        const { messageId } = await transport.sendMail(mailOf(message, from));
        return { status: 'sent', providerId: messageId };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The Message-ID is the delivery's, so that a mail that had to go out twice is one to whoever looks at it. */
function mailOf({ deliveryId, to, locale, content }: Outgoing, from: string) {
  const { subject, text, html } = content;
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    messageId: `<${deliveryId}@${domainOf(from)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': locale,
    },
  };
}

function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** Steps at which a server speaks of this one message; at the others it speaks of us, and that can be mended. */
const ABOUT_THE_MESSAGE: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/** The server's words stay out: they repeat the address. */
function failureOf(error: unknown): Sending {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'smtp';
  const answered = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const refused = ABOUT_THE_MESSAGE.has(code) && answered >= 500;
  return { status: refused ? 'refused' : 'again', code: answered ? `${code} ${answered}` : code };
}
