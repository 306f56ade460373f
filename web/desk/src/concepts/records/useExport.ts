import { onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api, Problem, type Query } from '../../api/client';
import { toast, useFormat, useProblemText } from '../../ui';
import { rowCounter } from './rowCounter';

export type ExportFormat = 'csv' | 'jsonl';

/** Fetches the whole of a filtered list as a file, and tells how far it is. Leaving the page gives it up. */
export function useExport(asked: () => Query) {
  const { t } = useI18n();
  const format = useFormat();
  const problemText = useProblemText();
  const running = ref(false);
  const rows = ref(0);
  const bytes = ref(0);
  let request: AbortController | null = null;

  async function start(kind: ExportFormat): Promise<void> {
    if (running.value) return;
    const mine = (request = new AbortController());
    const count = rowCounter(kind);
    rows.value = bytes.value = 0;
    running.value = true;
    const progress = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, passed) {
        rows.value = count(chunk);
        bytes.value += chunk.length;
        passed.enqueue(chunk);
      },
    });
    try {
      const answer = await api.stream('/api/records/export', { ...asked(), format: kind }, mine.signal);
      // The browser gathers it, and puts on disk what is large.
      save(await new Response(answer.body!.pipeThrough(progress)).blob(), `service-records.${kind}`);
      toast(t('records.export.done', { n: format.number(rows.value) }, rows.value));
    } catch (error) {
      if (mine.signal.aborted) return;
      // Broken off on the way there is no answer to read a refusal from.
      toast(error instanceof Problem ? problemText(error) : t('records.export.broken'), { tone: 'bad' });
    } finally {
      running.value = false;
    }
  }

  const cancel = () => request?.abort();
  onScopeDispose(cancel);

  return { running, rows, bytes, start, cancel };
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: some browsers begin to read it only afterwards.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
