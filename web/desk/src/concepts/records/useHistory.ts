import { computed, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { api, Problem } from '../../api/client';
import type { HappenedOut, RecordOut } from '../../api/types';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';

/** What an agent typed in one go is saved many times; it is told once. */
const ONE_GO = 5 * 60_000;

/** Who changed what on a record and when, in words. Read again whenever the record becomes another. */
export function useHistory(record: () => RecordOut) {
  const { t, te } = useI18n();
  const format = useFormat();
  const facts = shallowRef<readonly HappenedOut[]>([]);
  const problem = ref<Problem | null>(null);

  async function load(): Promise<void> {
    const { id } = record();
    try {
      const found = await api.get<HappenedOut[]>(`/api/records/${encodeURIComponent(id)}/facts`);
      if (id === record().id) facts.value = found;
      problem.value = null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    }
  }

  watch(() => `${record().id} ${record().version}`, load, { immediate: true });

  const steps = computed(() => {
    const told: { at: string; who: string; id: string; what: string }[] = [];
    for (const fact of facts.value) {
      const what = sentence(fact);
      const who = fact.actor_kind === 'agent' ? nameOf(fact.actor) : t('records.history.system');
      const last = told.at(-1);
      const again = last?.what === what && last.id === fact.actor && Date.parse(fact.at) - Date.parse(last.at) < ONE_GO;
      if (again) last.at = fact.at;
      else told.push({ at: fact.at, who, id: fact.actor, what });
    }
    return told;
  });

  function sentence({ topic, payload }: HappenedOut): string {
    const key = `records.history.${topic.replace('record.', '')}`;
    if (!te(key)) return topic;
    const fields = Array.isArray(payload.fields) ? payload.fields.map((field) => t(`records.form.${field}`)) : [];
    return t(key, {
      fields: format.list(fields),
      from: nameOf(payload.from_id),
      to: nameOf(payload.to_id),
      result: String(payload.result ?? t('records.form.nothing')),
    });
  }

  const nameOf = (id: unknown) => pool.agent.get(String(id))?.name ?? t('records.trail.somebody');

  return { steps, problem, load };
}
