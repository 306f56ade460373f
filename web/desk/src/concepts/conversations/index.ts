export { callingForMe, known as inboxKnown, nextWaiting, waitingForMe } from './useInbox';
export { knownQueues } from './useQueues';
