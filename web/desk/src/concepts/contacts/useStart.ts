import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { ContactOut, ConversationOut, PointOut, PointsOut, StartIn, UnusedOut } from '../../api/types';
import { apply } from '../../live/apply';
import { useProblemText } from '../../ui';
import { uuid } from '../../ui/uuid';
import { useTemplates } from '../conversations/useTemplates';

/** A way to somebody: where they came by, or a channel that they never came by, but where their address is known. */
export interface Way {
  id: string;
  channelId: string;
  kind: string;
  channel: string;
  who: string;
  by: PointOut['begins_by'];
  why: PointOut['why_not'];
  point: PointOut | null;
}

const known = (point: PointOut): Way => ({
  id: point.id,
  channelId: point.channel_id,
  kind: point.channel_kind,
  channel: point.channel_name,
  who: point.email || point.phone || point.name,
  by: point.begins_by,
  why: point.why_not,
  point,
});
const unused = (one: UnusedOut): Way => ({
  id: `to ${one.channel_id}`,
  channelId: one.channel_id,
  kind: one.channel_kind,
  channel: one.channel_name,
  who: one.address,
  by: one.begins_by,
  why: '',
  point: null,
});

/** Writing to a contact first: by which way, and what. Sent twice, it is one conversation. */
export function useStart(contact: Ref<ContactOut | null>) {
  const { t } = useI18n();
  const router = useRouter();
  const problemText = useProblemText();
  const ways = shallowRef<readonly Way[] | null>(null);
  const wayId = ref('');
  const subject = ref('');
  const text = ref('');
  const problem = ref('');
  const there = ref('');
  const busy = ref(false);
  let id = '';

  const reachable = computed(() => (ways.value ?? []).filter((way) => way.by));
  const way = computed(() => reachable.value.find((one) => one.id === wayId.value) ?? null);
  const byTemplate = computed(() => way.value?.by === 'template');
  const choice = useTemplates(computed(() => (byTemplate.value ? (way.value?.channelId ?? '') : '')));
  const isWritten = computed(() => Boolean(text.value.trim()) && (way.value?.kind !== 'email' || Boolean(subject.value.trim())));
  const ready = computed(() => way.value !== null && (byTemplate.value ? choice.ready.value : isWritten.value));

  watch(contact, async (whom) => {
    if (!whom) return;
    [id, ways.value, wayId.value, problem.value, there.value] = [uuid(), null, '', '', ''];
    try {
      const points = await api.get<PointsOut>(`/api/contacts/${encodeURIComponent(whom.id)}/points`);
      ways.value = [...points.linked.map(known), ...points.unused.map(unused)];
      wayId.value = reachable.value[0]?.id ?? '';
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = problemText(error);
    }
  });

  function said(): StartIn {
    const one = way.value;
    const to = one?.point ? { contact_point_id: one.id } : { channel_id: one?.channelId };
    const chosen = byTemplate.value ? choice.said.value : null;
    if (chosen) return { ...to, id, text: chosen.text, template: chosen.template, file_ids: chosen.files.map((file) => file.id) };
    return { ...to, id, text: text.value, mail: one?.kind === 'email' ? { subject: subject.value.trim() } : null };
  }

  async function start(): Promise<void> {
    const whom = contact.value;
    if (!whom || busy.value || !ready.value) return;
    busy.value = true;
    problem.value = there.value = '';
    try {
      const conversation = await api.post<ConversationOut>(`/api/contacts/${encodeURIComponent(whom.id)}/conversations`, said());
      apply({ upsert: { conversation: [conversation] } });
      text.value = subject.value = '';
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

  const none = computed(() => (ways.value?.length ? t('contacts.start.notReachable') : t('contacts.start.noPoint')));
  return { ways, reachable, way, wayId, byTemplate, choice, subject, text, problem, there, busy, ready, none, start, go };
}
