export { decides } from './deciding';
export { known as inboxKnown } from './inbox';
export { callingForMe, nextWaiting, waitingForMe } from './useInbox';
export { knownQueues } from './useQueues';
export { changeConversation } from './useConversation';
