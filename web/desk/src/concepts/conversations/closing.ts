import { computed, watchEffect, type ComputedRef } from 'vue';
import { api } from '../../api/client';
import type { Closure, SessionSettings, SessionSettingsOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';

/** With which settings of the workspace those of a category were asked for. */
const asked = new Map<string, number>();

/** What is decided about a category's sessions; asked for once, and again when somebody changes what the category inherits. */
export function useInForce(categoryId: () => string): ComputedRef<SessionSettings | null> {
  watchEffect(() => {
    const id = categoryId();
    const above = pool.session_settings.get('')?.version ?? 0;
    if (!id || asked.get(id) === above) return;
    asked.set(id, above);
    void api
      .get<SessionSettingsOut>(`/api/channel-categories/${id}/session-settings`)
      .then((row) => apply({ upsert: { session_settings: [row] } }, 'list'))
      .catch(() => asked.delete(id));
  });
  return computed(() => pool.session_settings.get(categoryId())?.in_force ?? null);
}

/** The clocks of a category's sessions. */
export function useClosure(categoryId: () => string): ComputedRef<Required<Closure> | null> {
  const settings = useInForce(categoryId);
  return computed(() => (settings.value?.closure as Required<Closure> | undefined) ?? null);
}
