import { computed, inject, provide, ref, type InjectionKey, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { Pencil, Reply, Undo2 } from 'lucide-vue-next';
import { api } from '../../api/client';
import type { ConversationOut, MessageOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { toast, useCommand, useProblemText, type MenuLine } from '../../ui';
import { useKinds } from '../lines/kinds';
import { doableWith, isAny, mySign } from './pointing';
import { useReplyWindow } from './replyWindow';
import { turnTo, writingOf } from './writings';

interface Menu {
  linesOf: (messageId: string) => MenuLine[];
}
const MENU: InjectionKey<Menu> = Symbol('what can be done with a message');

/** What can be done with the messages of a log; what is changed or taken back is asked about first. */
export function useMessageMenu(conversation: Ref<ConversationOut>, log: Ref<HTMLElement | undefined>, write: () => void) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { byName } = useKinds();
  const { isOver } = useReplyWindow(conversation);
  const editing = ref<MessageOut | null>(null);
  const takingBack = ref<MessageOut | null>(null);
  const able = computed(() => byName.value.get(conversation.value.channel_kind)?.capabilities);

  async function change(run: () => Promise<MessageOut | undefined>): Promise<boolean> {
    try {
      const message = await run();
      if (message) apply({ upsert: { message: [message] } }, 'list');
      return true;
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
      return false;
    }
  }
  const react = (id: string, emoji: string) => change(() => api.put<MessageOut>(`/api/messages/${id}/reaction`, { emoji }));
  const edit = (id: string, text: string) => change(() => api.patch<MessageOut>(`/api/messages/${id}`, { text }));
  const takeBack = (id: string) => change(() => api.delete<undefined>(`/api/messages/${id}`));

  function answer(id: string): void {
    const writing = writingOf(conversation.value.id);
    turnTo(writing, 'public');
    writing.replyTo = id;
    write();
  }

  function linesOf(messageId: string): MenuLine[] {
    const message = pool.message.get(messageId);
    if (!message) return [];
    const may = doableWith(message, conversation.value, able.value, isOver.value);
    if (!isAny(may)) return [];
    const mine = mySign(message.details);
    const signs = may.react.map((emoji) => ({ key: emoji, label: emoji, checked: emoji === mine, run: () => void react(messageId, emoji === mine ? '' : emoji) }));
    return [
      ...(signs.length ? [{ row: signs, label: t('messages.menu.react') }] : []),
      ...(may.answer ? [{ key: 'answer', label: t('messages.menu.answer'), icon: Reply, run: () => answer(messageId) }] : []),
      ...(may.edit ? [{ key: 'edit', label: t('messages.menu.edit'), icon: Pencil, run: () => (editing.value = message) }] : []),
      ...(may.takeBack ? [{ key: 'back', label: t('messages.menu.takeBack'), icon: Undo2, danger: true, run: () => (takingBack.value = message) }] : []),
    ];
  }
  provide(MENU, { linesOf });

  /** From the newest message to older ones, and back with shift. */
  function toMenu(step: -1 | 1): void {
    const all = [...(log.value?.querySelectorAll<HTMLElement>('.say-menu') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? all.at(-1) : all[at + step];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }
  const group = 'conversations.conversation';
  useCommand({ name: 'messages.menu.older', keys: 'm', group, keyOnly: true, run: () => toMenu(-1) });
  useCommand({ name: 'messages.menu.newer', keys: 'shift+m', group, keyOnly: true, run: () => toMenu(1) });

  return { editing, takingBack, edit, takeBack };
}

export const useLinesOf = () => inject(MENU, { linesOf: () => [] }).linesOf;
