export { nextWaiting, waitingForMe } from './useInbox';
export { knownQueues } from './useQueues';
