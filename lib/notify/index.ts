export type { Channel, ChannelName, Channels, Content, Outgoing, Sending } from './channels';
export { notifyContext } from './current-context';
export { type InboxEntry, inboxOf, markInboxRead, unreadCount } from './inbox';
export { type DeliveryOrder, type NotifyContext, SendLater, sendOnce } from './send-once';
export { tellPeople } from './tell-people';
