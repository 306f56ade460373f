export { waitingForMe } from './useInbox';
