import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { CircleDot } from 'lucide-vue-next';
import { api } from '../../api/client';
import type { AgentOut, AvailabilityState } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { toast, useCommands, useProblemText, type MenuLine } from '../../ui';
import { me } from '../session';

/** What one offers to do now, and the ways to change it. */
export function useAvailability() {
  const { t } = useI18n();
  const problemText = useProblemText();
  /** Without the list one can still take a break without a reason. */
  const reasons = computed(() =>
    [...pool.break_reason.values()].filter((one) => one.active).sort((a, b) => a.position - b.position || a.label.localeCompare(b.label)),
  );

  async function choose(state: AvailabilityState, reason_id?: string): Promise<void> {
    try {
      apply({ upsert: { agent: [await api.put<AgentOut>('/api/me/availability', { state, reason_id })] } });
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  const label = computed(() => {
    const availability = me.value?.availability;
    if (!availability) return '';
    if (availability.cause) return t(`presence.causes.${availability.cause}`);
    return availability.reason || t(`presence.states.${availability.state}`);
  });

  function line(state: AvailabilityState) {
    const availability = me.value?.availability;
    return {
      key: state,
      label: t(`presence.states.${state}`),
      dot: state,
      checked: availability?.state === state && !availability.reason_id,
      run: () => void choose(state),
    };
  }

  const lines = computed<MenuLine[]>(() => [
    line('ready'),
    line('busy'),
    'rule',
    ...(reasons.value.length
      ? reasons.value.map((reason) => ({
          key: reason.id,
          label: reason.label,
          dot: 'break',
          checked: me.value?.availability.reason_id === reason.id,
          run: () => void choose('break', reason.id),
        }))
      : [line('break')]),
    'rule',
    line('offline'),
  ]);

  useCommands(() =>
    lines.value.flatMap((one) =>
      one !== 'rule' && 'key' in one && !one.checked
        ? { name: 'presence.become', label: t('presence.become', { state: one.label }), icon: CircleDot, run: one.run }
        : [],
    ),
  );

  return { agent: me, label, lines };
}
