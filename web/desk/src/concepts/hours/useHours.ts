import { computed, onScopeDispose, reactive, ref, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { CalendarOut, HoursSwitchOut, WouldHappenOut } from '../../api/types';
import { apply, beginList } from '../../live/apply';
import { pool } from '../../live/entities';
import { onReload } from '../../live/load';

type Draft = Partial<Pick<CalendarOut, 'week' | 'zone' | 'last_intake' | 'queue_while_closed' | 'name'>>;
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Calendars and what is switched, kept whole and corrected by the live connection. */
export function useCalendars() {
  const loaded = ref(false);

  async function load(): Promise<void> {
    const calendars = beginList('calendar');
    const switches = beginList('hours_switch');
    calendars(await api.get<CalendarOut[]>('/api/calendars'));
    switches(await api.get<HoursSwitchOut[]>('/api/hours-switches'));
    loaded.value = true;
  }

  onScopeDispose(onReload(load));
  void load();
  const calendars = computed(() => [...pool.calendar.values()].sort((one, other) => one.name.localeCompare(other.name)));
  const switches = computed(() => [...pool.hours_switch.values()].sort((one, other) => other.created_at.localeCompare(one.created_at)));
  return { loaded, calendars, switches };
}

/** One calendar as a form: what is painted and chosen is kept with Save, special days at once. */
export function useCalendar(id: () => string) {
  const stored = computed(() => pool.calendar.get(id()));
  const edits = reactive<Draft>({});
  const failure = ref<Problem | null>(null);
  const saving = ref(false);
  const saved = ref(false);
  const draft = computed(() => (stored.value ? { ...stored.value, ...edits } : undefined));
  const changed = computed(() => Object.entries(edits).filter(([name, value]) => !isSame(value, stored.value?.[name as keyof Draft])).length);

  function set(change: Draft): void {
    Object.assign(edits, change);
    saved.value = false;
    failure.value = null;
  }

  function discard(): void {
    for (const name of Object.keys(edits)) delete edits[name as keyof Draft];
    failure.value = null;
  }

  watch(id, discard);

  async function attempt(send: () => Promise<CalendarOut>): Promise<boolean> {
    failure.value = null;
    saving.value = true;
    try {
      apply({ upsert: { calendar: [await send()] } });
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failure.value = error;
      return false;
    } finally {
      saving.value = false;
    }
  }

  async function save(): Promise<void> {
    if (await attempt(() => api.patch<CalendarOut>(`/api/calendars/${id()}`, { ...edits }))) {
      discard();
      saved.value = true;
    }
  }

  return { stored, draft, changed, failure, saving, saved, set, save, discard, attempt };
}

/** What would happen to who writes at a moment, asked of the server. */
export async function whatWouldHappen(categoryId: string, at: Date): Promise<WouldHappenOut> {
  return await api.get<WouldHappenOut>(`/api/channel-categories/${categoryId}/hours`, { at: at.toISOString() });
}
