import { computed, reactive, ref, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { Upsert } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useRefusals, type Refusals } from './refusals';
import type { Draft, Field, Resource, Value } from './schema';

export const NEW = 'new';

const isSame = (one: Value | undefined, other: Value | undefined) => JSON.stringify(one) === JSON.stringify(other);
const copy = (value: Value): Value => (Array.isArray(value) ? [...value] : value);

/** One entry of a list of settings as a form: what differs, what the server refused, save and discard. */
export function useEntry(resource: Resource, id: string) {
  const isNew = id === NEW;
  const address = resource.single ? resource.path : `${resource.path}/${encodeURIComponent(id)}`;
  const row = computed(() => (isNew ? undefined : pool[resource.kind].get(id)) as Record<string, unknown> | undefined);
  const edits = reactive<Draft>({});
  const errors = ref<Refusals>({});
  const { refusalsOf, emptyOnes } = useRefusals();
  const failure = ref<Problem | null>(null);
  const saving = ref(false);
  const saved = ref(false);

  const declared = computed(() => resource.fields.filter((field) => field.only !== (isNew ? 'existing' : 'new')));
  const stored = computed<Draft>(() =>
    Object.fromEntries(declared.value.map((field) => [field.name, (row.value?.[field.name] as Value | undefined) ?? field.initial])),
  );
  const draft = computed<Draft>(() => ({ ...stored.value, ...edits }));
  const fields = computed(() => declared.value.filter((field) => field.when?.(draft.value, isNew ? null : id) ?? true));
  const changes = computed<Draft>(() =>
    Object.fromEntries(Object.entries(edits).filter(([name, value]) => !isSame(value, stored.value[name]))),
  );
  const changed = computed(() => Object.keys(changes.value).length);

  // What somebody else stored in the meantime is the new ground; what equals it is no change any more.
  watch(stored, () => {
    for (const name of Object.keys(edits)) if (isSame(edits[name], stored.value[name])) delete edits[name];
  });

  function set(field: Field, value: Value): void {
    edits[field.name] = copy(value);
    for (const name of Object.keys(errors.value)) if (name === field.name || name.startsWith(`${field.name}.`)) delete errors.value[name];
    saved.value = false;
  }

  function discard(): void {
    for (const name of Object.keys(edits)) delete edits[name];
    errors.value = {};
    failure.value = null;
  }

  /** Answers the id of what was stored, or null when it was refused. */
  async function save(): Promise<string | null> {
    if (saving.value || (!isNew && changed.value === 0)) return null;
    failure.value = null;
    errors.value = emptyOnes(
      fields.value.filter((field) => !field.optional && field.as !== 'checks').map((field) => field.name),
      (name) => draft.value[name],
    );
    if (Object.keys(errors.value).length > 0) return null;
    saving.value = true;
    try {
      const answer = isNew
        ? await api.post<{ id: string }>(resource.path, toCreate())
        : await api.patch<{ id: string }>(address, changes.value);
      apply({ upsert: { [resource.kind]: [answer] } as Upsert });
      discard();
      saved.value = true;
      return answer.id;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      take(error);
      return null;
    } finally {
      saving.value = false;
    }
  }

  function toCreate(): Draft {
    return Object.fromEntries(fields.value.map((field) => [field.name, draft.value[field.name] ?? null]));
  }

  /** What belongs to a field that is shown stands there; the rest is said above the form. */
  function take(problem: Problem): void {
    const told = refusalsOf(problem, (name) => draft.value[name]);
    const known = Object.entries(told).filter(([name]) => fields.value.some((field) => field.name === name || name.startsWith(`${field.name}.`)));
    errors.value = Object.fromEntries(known);
    if (known.length === 0) failure.value = problem;
  }

  return { row, fields, draft, errors, failure, saving, saved, changed, isNew, set, save, discard };
}
