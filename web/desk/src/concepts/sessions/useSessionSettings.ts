import { computed, inject, reactive, ref, watch, type InjectionKey, type Ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { SessionSettings, SessionSettingsOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useRefusals } from '../settings/refusals';

export type Section = keyof SessionSettings;
type Fields = Record<string, unknown>;
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The settings of the workspace ('') or of a channel category as a form. A field that is set to null is inherited again. */
export function useSessionSettings(scope: Ref<string>) {
  const { refusalsOf } = useRefusals();
  const edits = reactive<Record<string, unknown>>({});
  const errors = ref<Record<string, string>>({});
  const failure = ref<Problem | null>(null);
  const saving = ref(false);
  const saved = ref(false);
  const address = computed(() => (scope.value ? `/api/channel-categories/${scope.value}/session-settings` : '/api/session-settings'));
  const row = computed(() => pool.session_settings.get(scope.value) ?? null);

  async function load(): Promise<void> {
    failure.value = null;
    try {
      apply({ upsert: { session_settings: [await api.get<SessionSettingsOut>(address.value)] } }, 'list');
    } catch (problem) {
      failure.value = problem instanceof Problem ? problem : null;
    }
  }

  const parts = (key: string) => key.split('.') as [Section, string];
  const of = (settings: SessionSettings | undefined, key: string): unknown => {
    const [section, field] = parts(key);
    return (settings?.[section] as Fields | undefined)?.[field];
  };
  const stored = (key: string) => of(row.value?.in_force, key);
  const isStoredHere = (key: string) => row.value?.overridden.includes(key) ?? false;

  /** What stands in the form. */
  function get<T>(section: Section, field: string): T {
    const key = `${section}.${field}`;
    if (!(key in edits)) return stored(key) as T;
    return (edits[key] === null ? of(row.value?.inherited, key) : edits[key]) as T;
  }
  function set(section: Section, field: string, value: unknown): void {
    const key = `${section}.${field}`;
    edits[key] = value;
    if (value !== null && isSame(value, stored(key))) delete edits[key];
    delete errors.value[key];
    saved.value = false;
  }
  /** Whether it is decided here, rather than above. */
  const isOwn = (section: Section, field: string): boolean => {
    const key = `${section}.${field}`;
    return key in edits ? edits[key] !== null : isStoredHere(key);
  };
  function inherit(section: Section, field: string): void {
    const key = `${section}.${field}`;
    if (isStoredHere(key)) set(section, field, null);
    else delete edits[key];
  }
  const errorOf = (section: Section, field: string): string | null => errors.value[`${section}.${field}`] ?? null;
  const changed = computed(() => Object.keys(edits).length);

  function discard(): void {
    for (const key of Object.keys(edits)) delete edits[key];
    errors.value = {};
    failure.value = null;
  }

  async function save(): Promise<boolean> {
    if (saving.value || !row.value || !changed.value) return false;
    saving.value = true;
    failure.value = null;
    errors.value = {};
    const wanted: Record<string, unknown> = { version: row.value.version };
    for (const [key, value] of Object.entries(edits)) {
      const [section, field] = parts(key);
      wanted[section] = { ...(wanted[section] as Fields), [field]: value };
    }
    try {
      const now = await api.patch<SessionSettingsOut>(address.value, wanted);
      discard();
      apply({ upsert: { session_settings: [now] } });
      saved.value = true;
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.value = refusalsOf(error, (key) => edits[key]);
      if (!Object.keys(edits).some((key) => key in errors.value)) failure.value = error;
      if (error.code === 'edited_meanwhile') await load().then(() => (failure.value = error));
      return false;
    } finally {
      saving.value = false;
    }
  }

  watch(scope, () => {
    discard();
    saved.value = false;
    void load();
  }, { immediate: true });
  // What the workspace decides a category inherits: ask again.
  watch(() => pool.session_settings.get('')?.version, (_, before) => {
    if (scope.value && before !== undefined) void load();
  });

  return { row, get, set, isOwn, inherit, errorOf, changed, saving, saved, failure, save, discard };
}

export type SettingsForm = ReturnType<typeof useSessionSettings> & {
  scope: Ref<string>;
  language: Ref<string>;
  /** The prompt that is being written. */
  writing: Ref<string>;
  mayManage: boolean;
};
export const SETTINGS: InjectionKey<SettingsForm> = Symbol('session settings');

/** The form, for the sections in it. */
export function useForm(): SettingsForm {
  const form = inject(SETTINGS);
  if (!form) throw new Error('outside of the session settings');
  return form;
}
