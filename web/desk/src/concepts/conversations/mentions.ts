import { computed } from 'vue';
import type { MentionOut } from '../../api/types';
import { pool } from '../../live/entities';
import { hold } from '../../live/holding';

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
