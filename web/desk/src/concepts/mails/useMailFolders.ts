import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { api } from '../../api/client';
import type { MailFolderOut } from '../../api/types';
import { useProblemText } from '../../ui';

const AGAIN_MS = 4_000;

/** The folders of a mailbox as they are read; looked at again for as long as earlier mails are being taken in. */
export function useMailFolders(channelId: () => string) {
  const problemText = useProblemText();
  const folders = shallowRef<readonly MailFolderOut[]>([]);
  const day = ref('');
  const problem = ref('');
  const busy = ref(false);
  const today = computed(() => new Date().toISOString().slice(0, 10));
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(rows: readonly MailFolderOut[]): void {
    folders.value = rows;
    clearTimeout(timer);
    if (rows.some((one) => one.backfill_from)) timer = setTimeout(() => void load(), AGAIN_MS);
  }
  async function asked(ask: () => Promise<readonly MailFolderOut[]>): Promise<void> {
    try {
      show(await ask());
      problem.value = '';
    } catch (error) {
      problem.value = problemText(error);
    }
  }
  const load = () => asked(() => api.get<MailFolderOut[]>(`/api/channels/${channelId()}/mail-folders`));

  async function backfill(): Promise<void> {
    if (busy.value || !day.value) return;
    busy.value = true;
    await asked(() => api.post<MailFolderOut[]>(`/api/channels/${channelId()}/backfill`, { day: day.value }));
    busy.value = false;
  }

  watch(channelId, () => void load(), { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));
  return { folders, day, today, problem, busy, backfill };
}
