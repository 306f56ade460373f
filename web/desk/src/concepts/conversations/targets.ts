/** Seconds within which a contact should be answered, and an agent found. The same for every team for now. */
export const REPLY_TARGET = 300;
export const QUEUE_TARGET = 180;
