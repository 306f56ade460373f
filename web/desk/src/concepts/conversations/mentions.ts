import { computed, watch } from 'vue';
import { api } from '../../api/client';
import type { ConversationOut, MentionOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { hold } from '../../live/holding';
import { session } from '../session';

interface Named {
  id: string;
  name: string;
}

/** The colleagues whose names stand after an @; of names that begin alike, the longer one. */
export function mentionsIn(text: string, colleagues: Iterable<Named>): string[] {
  let rest = text;
  const byLength = [...colleagues].sort((one, other) => other.name.length - one.name.length);
  return byLength.flatMap(({ id, name }) => {
    if (!name || !rest.includes(`@${name}`)) return [];
    rest = rest.replaceAll(`@${name}`, ' ');
    return [id];
  });
}

const byTime = (one: MentionOut, other: MentionOut) => Date.parse(other.at) - Date.parse(one.at);
const newest = computed(() => [...pool.mention.values()].sort(byTime));

/** Conversations in which I am mentioned, each once, the latest mention on top; and those of which I have not read it. */
export const mentionedIn = computed(() => [...new Set(newest.value.map((one) => one.conversation_id))]);
export const unreadMentions = computed(() => new Set(newest.value.filter((one) => !one.read_at).map((one) => one.conversation_id)));

hold(() => mentionedIn.value);

/** A mention lets me read a conversation that no list of mine brings. */
const asked = new Set<string>();
watch(
  mentionedIn,
  (ids) => {
    for (const id of ids) {
      if (asked.has(id) || pool.conversation.has(id)) continue;
      asked.add(id);
      api
        .get<ConversationOut>(`/api/conversations/${id}`)
        .then((row) => apply({ upsert: { conversation: [row] } }, 'list'))
        .catch(() => asked.delete(id));
    }
  },
  { immediate: true },
);
watch(
  () => session.at,
  () => asked.clear(),
);
