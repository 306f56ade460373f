import { onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api, Problem, type Query } from '../../api/client';
import { toast, useFormat, useProblemText } from '../../ui';
import { rowCounter } from './rowCounter';

export type ExportFormat = 'csv' | 'xlsx' | 'jsonl';

/** Fetches the whole of a filtered list as a file, and tells how far it is. Leaving the page gives it up. */
export function useExport(asked: () => Query) {
  const { t } = useI18n();
  const format = useFormat();
  const problemText = useProblemText();
  const running = ref(false);
  const rows = ref(0);
  const bytes = ref(0);
  const packed = ref(false);
  let request: AbortController | null = null;

  async function start(kind: ExportFormat): Promise<void> {
    if (running.value) return;
    const mine = (request = new AbortController());
    const count = kind === 'xlsx' ? () => 0 : rowCounter(kind); // A workbook comes packed.
    rows.value = bytes.value = 0;
    packed.value = kind === 'xlsx';
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
      toast(told('done'));
    } catch (error) {
      if (mine.signal.aborted) return;
      // Broken off on the way there is no answer to read a refusal from.
      toast(error instanceof Problem ? problemText(error) : t('records.export.broken'), { tone: 'bad' });
    } finally {
      running.value = false;
    }
  }

  /** How much came: rows where they can be counted on the way, else bytes. */
  function told(what: 'progress' | 'done'): string {
    const size = format.size(bytes.value);
    if (packed.value) return t(`records.export.${what}Size`, { size });
    return t(`records.export.${what}`, { n: format.number(rows.value), size }, rows.value);
  }

  const cancel = () => request?.abort();
  onScopeDispose(cancel);

  return { running, rows, told, start, cancel };
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: some browsers begin to read it only afterwards.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
