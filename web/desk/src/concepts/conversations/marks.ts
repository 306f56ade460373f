import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from 'lucide-vue-next';

/** How far a message has come: clock, one tick, two, two in accent; or that it did not arrive, or that nobody knows. */
export const MESSAGE_MARKS = { sending: Clock, queued: Clock, unknown: CircleHelp, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };
