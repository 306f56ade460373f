import { computed, reactive, ref } from 'vue';
import { Problem } from '../../api/client';
import type { Locale, Theme } from '../../api/types';
import { me, saveMe } from '../session';
import { useRefusals, type Refusals } from './refusals';

interface Profile {
  name: string;
  locale: Locale;
  theme: Theme;
  current_password: string;
  password: string;
}

/** One's own name, language, look and password. Only what differs is sent; a password needs the one before. */
export function useProfile() {
  const edits = reactive<Partial<Profile>>({});
  const errors = ref<Refusals>({});
  const { refusalsOf } = useRefusals();
  const failure = ref<Problem | null>(null);
  const saving = ref(false);
  const saved = ref(false);

  const stored = computed<Profile>(() => ({
    name: me.value?.name ?? '',
    locale: me.value?.locale ?? 'en',
    theme: me.value?.theme ?? 'system',
    current_password: '',
    password: '',
  }));
  const draft = computed<Profile>(() => ({ ...stored.value, ...edits }));
  const changes = computed(() => {
    const differs = (Object.keys(edits) as (keyof Profile)[]).filter((name) => edits[name] !== stored.value[name]);
    return Object.fromEntries(differs.map((name) => [name, edits[name]])) as Partial<Profile>;
  });
  const changed = computed(() => Object.keys(changes.value).length);

  function set<N extends keyof Profile>(name: N, value: Profile[N]): void {
    (edits as Profile)[name] = value;
    delete errors.value[name];
    saved.value = false;
  }

  function discard(): void {
    for (const name of Object.keys(edits) as (keyof Profile)[]) delete edits[name];
    errors.value = {};
    failure.value = null;
  }

  async function save(): Promise<void> {
    if (saving.value || changed.value === 0) return;
    saving.value = true;
    errors.value = {};
    failure.value = null;
    try {
      await saveMe(changes.value);
      discard();
      saved.value = true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.value = refusalsOf(error, (name) => draft.value[name as keyof Profile]);
      if (Object.keys(errors.value).length === 0) failure.value = error;
    } finally {
      saving.value = false;
    }
  }

  return { draft, errors, failure, saving, saved, changed, set, save, discard };
}
