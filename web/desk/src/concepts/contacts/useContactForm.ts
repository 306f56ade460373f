import { computed, reactive, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { api, Problem } from '../../api/client';
import type { ContactOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { useRefusals } from '../settings';

export const CONTACT_FIELDS = ['name', 'email', 'phone', 'company', 'locale', 'notes', 'agent_id'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];
type Fields = Record<ContactField, string>;

/** On the wire nobody is null, not an empty text. */
const wired = (fields: Partial<Fields>) => ('agent_id' in fields ? { ...fields, agent_id: fields.agent_id || null } : fields);

/** A contact's own fields: a new one without an id, else one that is stored with the version it was read with. */
export function useContactForm(id: MaybeRefOrGetter<string | null>) {
  const edits = reactive<Partial<Fields>>({});
  const errors = ref<Record<string, string>>({});
  const { refusalsOf, emptyOnes } = useRefusals();
  const failure = ref<Problem | null>(null);
  const saving = ref(false);
  const saved = ref(false);

  useHeld(() => [toValue(id) ?? '']);
  const contact = computed(() => pool.contact.get(toValue(id) ?? ''));
  const answered = ref('');
  /** Another contact that this one was merged into: told live, or answered in its place. */
  const movedTo = computed(() => {
    const to = contact.value?.merged_into_id ?? answered.value;
    return to === toValue(id) ? '' : to;
  });
  const stored = computed(() => Object.fromEntries(CONTACT_FIELDS.map((name) => [name, contact.value?.[name] ?? ''])) as Fields);
  const fields = computed<Fields>(() => ({ ...stored.value, ...edits }));
  const changes = computed(() => {
    const differs = CONTACT_FIELDS.filter((name) => name in edits && edits[name] !== stored.value[name]);
    return wired(Object.fromEntries(differs.map((name) => [name, edits[name]])));
  });
  const changed = computed(() => Object.keys(changes.value).length);

  function set(name: ContactField, value: string): void {
    edits[name] = value;
    delete errors.value[name];
    saved.value = false;
  }

  function discard(): void {
    for (const name of CONTACT_FIELDS) delete edits[name];
    errors.value = {};
    failure.value = null;
  }

  /** Answers the contact that was stored, or null when it was refused. What stays is what I wrote, on their version. */
  async function save(): Promise<ContactOut | null> {
    const known = contact.value;
    if (saving.value || (known && changed.value === 0)) return null;
    failure.value = null;
    errors.value = emptyOnes(['name'], (name) => fields.value[name as ContactField]);
    if (Object.keys(errors.value).length > 0) return null;
    saving.value = true;
    try {
      const answer = known
        ? await api.patch<ContactOut>(`/api/contacts/${encodeURIComponent(known.id)}`, { version: known.version, ...changes.value })
        : await api.post<ContactOut>('/api/contacts', wired(fields.value));
      apply({ upsert: { contact: [answer] } });
      discard();
      saved.value = true;
      return answer;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await take(error);
      return null;
    } finally {
      saving.value = false;
    }
  }

  async function take(problem: Problem): Promise<void> {
    errors.value = refusalsOf(problem, (name) => fields.value[name as ContactField]);
    if (Object.keys(errors.value).length === 0) failure.value = problem;
    if (problem.code === 'edited_meanwhile') await refresh();
  }

  async function refresh(): Promise<void> {
    const wanted = toValue(id);
    if (!wanted) return;
    try {
      const answer = await api.get<ContactOut>(`/api/contacts/${encodeURIComponent(wanted)}`);
      apply({ upsert: { contact: [answer] } }, 'list');
      if (wanted === toValue(id)) answered.value = answer.id;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failure.value = error;
    }
  }

  watch(
    () => toValue(id),
    (wanted) => {
      discard();
      answered.value = '';
      if (wanted) void refresh();
    },
    { immediate: true },
  );

  return { contact, movedTo, fields, errors, failure, saving, saved, changed, set, discard, save };
}
