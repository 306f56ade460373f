import { shallowReactive } from 'vue';
import type { Looking, Typing } from '../api/types';

/** Who said last that they are writing is believed this long. */
const BELIEVED = 6_000;

export interface Writer {
  kind: 'agent' | 'contact';
  id: string;
  name: string;
}

const typing = shallowReactive(new Map<string, readonly Writer[]>());
const looking = shallowReactive(new Map<string, readonly { id: string; name: string }[]>());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export const typingIn = (conversationId: string): readonly Writer[] => typing.get(conversationId) ?? [];
export const lookingAt = (conversationId: string): readonly { id: string; name: string }[] => looking.get(conversationId) ?? [];

export function heardTyping({ conversation_id, by }: Typing): void {
  const key = `${conversation_id} ${by.id}`;
  typing.set(conversation_id, [...typingIn(conversation_id).filter((one) => one.id !== by.id), by]);
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => hasStopped(conversation_id, by.id), BELIEVED),
  );
}

/** Their message is here, or they have been silent. */
export function hasStopped(conversationId: string, id: string): void {
  const key = `${conversationId} ${id}`;
  clearTimeout(timers.get(key));
  if (!timers.delete(key)) return;
  const rest = typingIn(conversationId).filter((one) => one.id !== id);
  if (rest.length) typing.set(conversationId, rest);
  else typing.delete(conversationId);
}

export function heardLooking({ conversation_id, agents }: Looking): void {
  if (agents.length) looking.set(conversation_id, agents);
  else looking.delete(conversation_id);
}

/** Without a connection nothing of this is known. */
export function nobodyIsThere(): void {
  timers.forEach(clearTimeout);
  timers.clear();
  typing.clear();
  looking.clear();
}
