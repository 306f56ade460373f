export { decides } from './deciding';
export { MESSAGE_MARKS } from './marks';
export { known as inboxKnown } from './inbox';
export { callingForMe, nextWaiting, waitingForMe } from './useInbox';
export { knownQueues } from './useQueues';
export { changeConversation } from './useConversation';
