import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import { api } from '../api/client';
import type { ContactOut, ConversationOut, Page, RecordOut } from '../api/types';

const PAUSE = 200;
const EACH = 5;

export interface Finds {
  conversations: readonly ConversationOut[];
  contacts: readonly ContactOut[];
  records: readonly RecordOut[];
}

const NOTHING: Finds = { conversations: [], contacts: [], records: [] };

/** What the server knows of that fits, asked for once the typing rests. What cannot be had is left out. */
export function usePaletteFinds(query: Ref<string>) {
  const finds = shallowRef<Finds>(NOTHING);
  const asking = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: AbortController | null = null;

  async function ask(q: string): Promise<void> {
    const mine = (request = new AbortController());
    const number = /^#?(\d{1,9})$/.exec(q)?.[1];
    const page = async <T>(path: string, more = {}): Promise<readonly T[]> => {
      try {
        return (await api.get<Page<T>>(path, { q, limit: EACH, ...more }, mine.signal)).items;
      } catch {
        return [];
      }
    };
    const [conversations, contacts, records, numbered] = await Promise.all([
      page<ConversationOut>('/api/conversations', { view: 'any' }),
      page<ContactOut>('/api/contacts'),
      page<RecordOut>('/api/records'),
      number ? page<RecordOut>('/api/records', { q: `#${number}` }) : [],
    ]);
    if (request !== mine || mine.signal.aborted) return;
    const others = records.filter((row) => row.id !== numbered[0]?.id);
    finds.value = { conversations, contacts, records: [...numbered, ...others].slice(0, EACH) };
    asking.value = false;
  }

  function stop(): void {
    clearTimeout(timer);
    request?.abort();
  }

  watch(query, (typed) => {
    stop();
    const q = typed.trim();
    asking.value = q.length > 0;
    if (!q) finds.value = NOTHING;
    else timer = setTimeout(() => void ask(q), PAUSE);
  });
  onScopeDispose(stop);
  return { finds, asking };
}
