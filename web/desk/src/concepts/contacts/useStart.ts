import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { ContactOut, ConversationOut, PointOut, PointsOut } from '../../api/types';
import { apply } from '../../live/apply';
import { useProblemText } from '../../ui';
import { uuid } from '../../ui/uuid';

/** Writing to a contact first: by which contact point, and what. Sent twice, it is one conversation. */
export function useStart(contact: Ref<ContactOut | null>) {
  const { t } = useI18n();
  const router = useRouter();
  const problemText = useProblemText();
  const points = shallowRef<readonly PointOut[] | null>(null);
  const pointId = ref('');
  const text = ref('');
  const problem = ref('');
  const there = ref('');
  const busy = ref(false);
  let id = '';

  const reachable = computed(() => (points.value ?? []).filter((point) => point.can_begin));
  const ready = computed(() => Boolean(pointId.value && text.value.trim()));

  watch(contact, async (whom) => {
    if (!whom) return;
    [id, points.value, pointId.value, problem.value, there.value] = [uuid(), null, '', '', ''];
    try {
      points.value = (await api.get<PointsOut>(`/api/contacts/${encodeURIComponent(whom.id)}/points`)).linked;
      pointId.value = reachable.value[0]?.id ?? '';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = problemText(error);
    }
  });

  async function start(): Promise<void> {
    const whom = contact.value;
    if (!whom || busy.value || !ready.value) return;
    busy.value = true;
    problem.value = there.value = '';
    try {
      const said = { contact_point_id: pointId.value, id, text: text.value };
      const conversation = await api.post<ConversationOut>(`/api/contacts/${encodeURIComponent(whom.id)}/conversations`, said);
      apply({ upsert: { conversation: [conversation] } });
      text.value = '';
      await go(conversation.id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = problemText(error);
      if (error.code === 'already_talking') there.value = String((error.body as unknown as { conversation_id: string }).conversation_id);
    } finally {
      busy.value = false;
    }
  }

  async function go(conversationId: string): Promise<void> {
    contact.value = null;
    await router.push({ name: 'inbox', params: { view: 'mine', id: conversationId } });
  }

  const none = computed(() => (points.value?.length ? t('contacts.start.notReachable') : t('contacts.start.noPoint')));
  return { points, reachable, pointId, text, problem, there, busy, ready, none, start, go };
}
