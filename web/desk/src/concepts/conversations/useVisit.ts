import { computed, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../api/client';
import type { ConversationOut, PointOut } from '../../api/types';
import { now } from '../../ui';
import { clockIn } from '../../ui/zones';

/** What the contact's browser tells of them: what it is, what time it is there. Without an answer, nothing is said. */
export function useVisit(conversation: Ref<ConversationOut>) {
  const { locale } = useI18n();
  const point = ref<PointOut | null>(null);

  async function load(): Promise<void> {
    const asked = conversation.value.id;
    try {
      const found = await api.get<PointOut>(`/api/conversations/${asked}/contact-point`);
      if (asked === conversation.value.id) point.value = found;
    } catch {
      point.value = null;
    }
  }
  watch([() => conversation.value.id, () => conversation.value.contact_id], load, { immediate: true });

  const clock = computed(() => (point.value?.time_zone ? clockIn(point.value.time_zone, now.value, locale.value) : null));
  return { point, clock };
}
