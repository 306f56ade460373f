import { nextTick, type Ref } from 'vue';
import { Lock, Reply } from 'lucide-vue-next';
import type { Visibility } from '../../api/types';
import { useCommand } from '../../ui';
import { turnTo, type Writing } from './writings';

interface Parts {
  field: Ref<HTMLTextAreaElement | undefined>;
  writing: Ref<Writing>;
  mayReply: () => boolean;
  mayNote: () => boolean;
  /** Somebody wrote in between, so that a plain send is held. */
  guarded: () => boolean;
  send: (anyway?: boolean) => void;
}

/** r and n begin to write, mod+Enter sends, Escape leaves the field without losing a word. */
export function useComposerKeys({ field, writing, mayReply, mayNote, guarded, send }: Parts) {
  const group = 'conversations.conversation';
  /** In the text, or in what belongs to it: the subject of a mail, and who has a copy. */
  const writingHere = () => (field.value?.closest('.composer') ?? field.value)?.contains(document.activeElement) ?? false;

  async function begin(kind: Visibility): Promise<void> {
    turnTo(writing.value, kind);
    await nextTick();
    field.value?.focus();
  }

  useCommand({ name: 'conversations.keys.reply', keys: 'r', icon: Reply, group, when: mayReply, run: () => void begin('public') });
  useCommand({ name: 'conversations.keys.note', keys: 'n', icon: Lock, group, when: mayNote, run: () => void begin('internal') });
  useCommand({ name: 'conversations.keys.send', keys: 'mod+enter', group, inFields: true, when: writingHere, run: () => send() });
  useCommand({
    name: 'conversations.keys.sendAnyway',
    keys: 'mod+shift+enter',
    group,
    inFields: true,
    when: () => writingHere() && guarded(),
    run: () => send(true),
  });
  useCommand({
    name: 'conversations.keys.leaveField',
    keys: 'escape',
    group,
    inFields: true,
    when: writingHere,
    run: () => field.value?.closest<HTMLElement>('.pane')?.querySelector<HTMLElement>('[role="log"]')?.focus(),
  });
  return { begin };
}
