import { computed } from 'vue';
import { session } from '../session';

/** Seconds within which a contact who is being served should be answered. The same for every team for now. */
export const REPLY_TARGET = 300;

/** Seconds within which somebody who waits should find an agent, as the workspace wants it. */
export const queueTarget = computed(() => session.workspace?.wait_target ?? 60);
