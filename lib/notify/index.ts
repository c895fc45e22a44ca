export type { Channel, Channels, Content, Outgoing, Sending } from './channels';
export { notifyContext } from './current-context';
export { type InboxEntry, inboxOf, markInboxRead, unreadCount } from './inbox';
export { CHANNELS, type ChannelName, type Choices, GROUPS } from './model';
export { choicesFromBoxes, choosePreferences, type Reach, reachOf } from './preferences';
export { remindOfExpiry } from './remind-of-expiry';
export { type SandboxMessageView, sandboxMessages } from './sandbox-messages';
export { type DeliveryOrder, type NotifyContext, SendLater, sendOnce } from './send-once';
export { type TellContext, tellPeople } from './tell-people';
