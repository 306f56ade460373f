import { computed, type Ref } from 'vue';
import { api } from '../../api/client';
import { uuid } from '../../ui/uuid';
import { MOST, refusalOf } from './attaching';
import type { Attachment, Writing } from './writings';

/** How to break off what is on its way. It goes on while one looks at another conversation. */
const underWay = new Map<string, AbortController>();

/** Files are sent to the server as soon as they are picked, so that sending the message is quick. */
export function useAttachments(writing: Ref<Writing>, tooMany: () => void = () => {}) {
  async function attach(files: Iterable<File>): Promise<void> {
    const target = writing.value;
    const all = [...files];
    const room = Math.max(0, MOST - target.attachments.filter((one) => one.state !== 'failed').length);
    if (all.length > room) tooMany();
    await Promise.all(all.slice(0, room).map((file) => upload(target, file)));
  }

  async function upload(target: Writing, file: File): Promise<void> {
    const key = uuid();
    target.attachments.push({ key, name: file.name, size: file.size, state: 'uploading', share: 0, file: null, problem: null });
    const settle = (change: Partial<Attachment>) => {
      const one = target.attachments.find((attachment) => attachment.key === key);
      if (one) Object.assign(one, change);
    };
    try {
      const refusal = refusalOf(file);
      if (refusal) throw refusal;
      const upload = new AbortController();
      underWay.set(key, upload);
      settle({ state: 'ready', file: await api.upload(file, (share) => settle({ share }), upload.signal) });
    } catch (problem) {
      settle({ state: 'failed', problem });
    } finally {
      underWay.delete(key);
    }
  }

  /** Takes it away; what is still being sent is broken off. */
  function remove(key: string): void {
    underWay.get(key)?.abort();
    writing.value.attachments = writing.value.attachments.filter((one) => one.key !== key);
  }

  const uploading = computed(() => writing.value.attachments.some((one) => one.state === 'uploading'));

  /** Takes files of a paste or a drop, if there are any; a paste of text has none and is left alone. */
  function take(event: ClipboardEvent | DragEvent): boolean {
    const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer;
    const files = [...(data?.files ?? [])];
    if (!files.length) return false;
    event.preventDefault();
    void attach(files);
    return true;
  }

  return { attach, remove, take, uploading };
}
