import type { GiftLocale, GiftTheme } from './model';

/** What is to be sent to a person who need not have an account. */
export interface GiftSending {
  /** The same at every try: a sending that is repeated is one message. */
  readonly deliveryId: string;
  readonly channel: 'email' | 'sms';
  /** E-mail address, or phone in E.164. */
  readonly to: string;
  readonly locale: GiftLocale;
  readonly what:
    | {
        /** `gift`: the envelope itself. `reminder`: it returns to its sender soon. */
        readonly kind: 'gift' | 'reminder';
        readonly theme: GiftTheme;
        readonly senderName: string;
        readonly recipientName: string;
        /** The redeem link. Whoever has it can claim. */
        readonly link: string;
        readonly claimBy: Date;
        readonly zone: string;
      }
    | { readonly kind: 'code'; readonly code: string; readonly goodForMinutes: number };
}

/** Carries a gift's messages. `send` may be called again with the same `deliveryId`, and throws when it must be tried later. */
export interface GiftMessenger {
  readonly send: (sending: GiftSending) => Promise<void>;
}
