import { computed, ref, watch } from 'vue';
import { api } from '../../api/client';
import type { ConversationOut, Page, RecordOut } from '../../api/types';
import { apply, beginSnapshot } from '../../live/apply';
import { pool } from '../../live/entities';
import { onReload, reloadHasBegun, round } from '../../live/load';
import { may, session } from '../session';
import { mentionedIn } from './mentions';

const PAGE = 200;
const knownIn = ref(0);
/** Whether what is mine has come. It is asked for on whichever page one begins: sounds, the tab and the navigation count it too. */
export const known = computed(() => knownIn.value === round.value);
export const problem = ref<unknown>(null);
export const queueNext = ref<string | null>(null);

/** Whether every waiting conversation that I may see is in the pool, so that it can be counted there. */
export const wholeQueueKnown = computed(() => known.value && queueNext.value === null);

async function loadView(view: 'mine' | 'mentions' | 'queue' | 'undecided', cursor: string | null = null): Promise<Page<ConversationOut>> {
  const page = await api.get<Page<ConversationOut>>('/api/conversations', { view, limit: PAGE, cursor });
  apply({ upsert: { conversation: page.items } }, 'list');
  return page;
}

export async function loadQueue(cursor: string | null = null): Promise<Page<ConversationOut>> {
  const page = await loadView('queue', cursor);
  queueNext.value = page.next;
  return page;
}

/** Whoever sees all also sees for whom it is still asked which team serves them; to an agent they come once they wait. */
async function loadUndecided(): Promise<ConversationOut[]> {
  return may('conversation.read_all') ? (await loadView('undecided')).items : [];
}

async function loadRecords(): Promise<void> {
  if (!may('record.read')) return;
  const page = await api.get<Page<RecordOut>>('/api/records', { state: ['open', 'wrap_up'], handler_id: session.agentId, limit: PAGE });
  apply({ upsert: { record: page.items } }, 'list');
}

export async function load(): Promise<void> {
  const begun = round.value;
  const snapshot = beginSnapshot();
  try {
    const [mine, mentioned, queue, undecided] = await Promise.all([loadView('mine'), loadView('mentions'), loadQueue(), loadUndecided(), loadRecords()]);
    const came = [...mine.items, ...mentioned.items, ...queue.items, ...undecided];
    snapshot.settle([...came.map((one) => one.id), ...mentionedIn.value]);
    knownIn.value = begun;
    problem.value = null;
  } catch (error) {
    problem.value = error;
  }
}

onReload(load);
if (reloadHasBegun()) void load();

/** A mention lets me read a conversation that no list has brought; each is asked for once. */
const asked = new Set<string>();
watch(
  () => (known.value ? mentionedIn.value.filter((id) => !pool.conversation.has(id)) : []),
  (ids) => {
    for (const id of ids) {
      if (asked.has(id)) continue;
      asked.add(id);
      api
        .get<ConversationOut>(`/api/conversations/${id}`)
        .then((row) => apply({ upsert: { conversation: [row] } }, 'list'))
        .catch(() => asked.delete(id));
    }
  },
);
watch(round, () => asked.clear());
