export { useAlerts } from './useAlerts';
export { useLateNotices } from './useLateNotices';
