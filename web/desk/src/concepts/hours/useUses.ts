import { computed, onMounted, ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { SessionSettingsOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';

const addressOf = (scope: string) => (scope ? `/api/channel-categories/${scope}/session-settings` : '/api/session-settings');
const FIELD = 'hours.calendar_id';

/** Which calendar the workspace and each channel category has chosen in its session settings. */
export function useUses() {
  const failure = ref<Problem | null>(null);
  const categories = computed(() => [...pool.category.values()].filter((one) => one.active).sort((one, other) => one.name.localeCompare(other.name)));
  const scopes = computed(() => ['', ...categories.value.map((one) => one.id)]);

  async function attempt(send: () => Promise<SessionSettingsOut[]>): Promise<void> {
    failure.value = null;
    try {
      apply({ upsert: { session_settings: await send() } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failure.value = error;
    }
  }

  onMounted(() => attempt(() => Promise.all(scopes.value.map((scope) => api.get<SessionSettingsOut>(addressOf(scope))))));

  const settings = (scope: string) => pool.session_settings.get(scope);
  /** The calendar that is set here; nothing where it is inherited. */
  const chosen = (scope: string) => {
    const found = settings(scope);
    return found?.overridden.includes(FIELD) ? (found.in_force.hours?.calendar_id ?? '') : '';
  };

  async function choose(scope: string, calendarId: string): Promise<void> {
    const version = settings(scope)?.version ?? 0;
    await attempt(async () => [await api.patch<SessionSettingsOut>(addressOf(scope), { version, hours: { calendar_id: calendarId || null } })]);
  }

  return { categories, failure, settings, chosen, choose };
}
