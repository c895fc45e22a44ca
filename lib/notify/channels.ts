import type { Locale } from '@/lib/i18n/locale';

import type { ChannelName } from './model';

/** What a message says, ready to be read. */
export interface Content {
  readonly subject: string;
  /** The whole message as plain text; an SMS says nothing else. */
  readonly text: string;
  readonly html?: string;
  /**
   * The parts of an SMS that differ from message to message, by their names in the template which the provider has
   * approved. In China an SMS is such a template with its parts; other text is not carried.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** One message on its way to one address. */
export interface Outgoing {
  /** The same at every try: the provider's own id of the message is made of it. */
  readonly deliveryId: string;
  readonly topic: string;
  /** An e-mail address, or a phone number in E.164. */
  readonly to: string;
  readonly locale: Locale;
  readonly content: Content;
  readonly now: Date;
}

/** How a try ended. `code` is for support and never holds an address, a link or a provider's own words. */
export type Sending =
  | { readonly status: 'sent'; readonly providerId: string | null }
  /** It may work later; whether this try arrived may be unknown. */
  | { readonly status: 'again'; readonly code: string }
  /** It never will: there is no such address, or the provider refuses the message as it is. */
  | { readonly status: 'refused'; readonly code: string };

/** A way to reach people. */
export interface Channel {
  /** Bounded in time. Never throws for what the other side answers or fails to answer. */
  send(message: Outgoing): Promise<Sending>;
  /** Whether an earlier try arrived, where the provider can tell; `null`: it does not know of any. */
  find?(message: Outgoing): Promise<Sending | null>;
}

/** The ways to reach people that are configured; `null`: there is none. */
export type Channels = { readonly [Name in ChannelName]: Channel | null };
