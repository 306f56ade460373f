import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { AlarmClock, AlarmClockOff } from 'lucide-vue-next';
import type { ConversationOut } from '../../api/types';
import { toast, useCommand, useFormat, useProblemText, type MenuLine } from '../../ui';
import { may, session } from '../session';
import { snoozeChoices } from './snoozing';
import { changeConversation, wakeConversation } from './useConversation';

/** Putting a conversation aside, and taking it up again. */
export function useSnooze(conversation: Ref<ConversationOut>) {
  const { t } = useI18n();
  const format = useFormat();
  const problemText = useProblemText();
  const menuShown = ref(false);
  const picking = ref(false);
  const possible = computed(() => conversation.value.state === 'active' && conversation.value.agent_id === session.agentId && may('conversation.reply'));
  const asleep = computed(() => conversation.value.snoozed_at !== null);

  async function tell(change: () => Promise<unknown>, then?: () => void): Promise<void> {
    try {
      await change();
      then?.();
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  function snooze(until: Date | null): void {
    const { id } = conversation.value;
    const text = until ? t('conversations.snooze.until', { when: format.near(until.toISOString()) }) : t('conversations.snooze.untilWrites');
    void tell(
      () => changeConversation(id, 'snooze', { until: until?.toISOString() ?? null }),
      () => toast(text, { undo: () => void tell(() => wakeConversation(id)) }),
    );
  }

  const wake = () => void tell(() => wakeConversation(conversation.value.id));

  const lines = computed<MenuLine[]>(() => [
    { heading: t('conversations.snooze.title') },
    ...(menuShown.value ? snoozeChoices(new Date()) : []).map(({ name, until }) => ({
      key: name,
      label: t(`conversations.snooze.${name}`),
      hint: until ? format.near(until.toISOString()) : '',
      run: () => snooze(until),
    })),
    { key: 'pick', label: t('conversations.snooze.pick'), run: () => (picking.value = true) },
    ...(asleep.value ? (['rule', { key: 'wake', label: t('conversations.snooze.wake'), icon: AlarmClockOff, run: wake }] as MenuLine[]) : []),
  ]);

  useCommand({
    name: 'conversations.snooze.dots',
    keys: 's',
    group: 'conversations.conversation',
    icon: AlarmClock,
    when: () => possible.value,
    run: () => (menuShown.value = true),
  });
  useCommand({
    name: 'conversations.snooze.wake',
    group: 'conversations.conversation',
    icon: AlarmClockOff,
    when: () => possible.value && asleep.value,
    run: wake,
  });
  return { possible, asleep, lines, menuShown, picking, snooze, wake };
}
