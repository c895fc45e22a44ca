export { type InboxEntry, inboxOf, markInboxRead, unreadCount } from './inbox';
export { tellPeople } from './tell-people';
