import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { AuditOut, AuditPage } from '../../api/types';

/** What one can narrow the log to: several topics of the server under one word. */
export const ABOUT = {
  sessions: ['agent.signed_in', 'agent.sign_in_failed', 'agent.signed_out', 'agent.password_changed', 'agent.password_reset'],
  agents: ['agent.added', 'agent.changed'],
  teams: ['team.added', 'team.changed'],
  roles: ['role.added', 'role.changed', 'role.removed'],
  channels: ['channel.set', 'category.set', 'owner.set', 'session.settings_changed'],
  contacts: ['contact.merged', 'contact.merge_undone'],
  hours: ['calendar.set', 'calendar.days_set', 'hours.switched', 'hours.switched_back'],
  choices: ['result.set', 'reason.set', 'break.reason_set'],
  workspace: ['workspace.created', 'workspace.changed', 'past.imported', 'records.exported', 'damage.repaired'],
  tokens: ['token.created', 'token.revoked'],
} as const;
export type About = keyof typeof ABOUT;

const one = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '');

/** The audit log, newest first; what it is narrowed to is kept in the address. */
export function useAudit() {
  const route = useRoute();
  const router = useRouter();
  const rows = shallowRef<readonly AuditOut[]>([]);
  const next = ref<string | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loading = ref(false);
  const loaded = ref(false);
  let request: AbortController | null = null;

  const filters = computed(() => ({
    actor: one(route.query.actor),
    about: (one(route.query.about) in ABOUT ? one(route.query.about) : '') as About | '',
    from: one(route.query.from),
    to: one(route.query.to),
  }));
  const isFiltered = computed(() => Object.values(filters.value).some(Boolean));

  async function load(cursor = ''): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    loading.value = true;
    problem.value = null;
    const { actor, about, from, to } = filters.value;
    const query = { actor_id: actor, topic: about ? ABOUT[about] : [], since: midnight(from, 0), until: midnight(to, 1), cursor };
    try {
      const page = await api.get<AuditPage>('/api/audit', query, mine.signal);
      rows.value = cursor ? [...rows.value, ...page.items] : page.items;
      next.value = page.next;
      loaded.value = true;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      if (request === mine) loading.value = false;
    }
  }

  function set(changes: Partial<Record<'actor' | 'about' | 'from' | 'to', string>>): void {
    const query = Object.entries({ ...filters.value, ...changes }).filter(([, value]) => value);
    void router.replace({ query: Object.fromEntries(query) });
  }

  const more = () => load(next.value ?? '');
  const here = route.name;
  watch(filters, () => route.name === here && void load(), { immediate: true });
  onScopeDispose(() => request?.abort());
  return { rows, next, problem, loading, loaded, filters, isFiltered, set, load, more };
}

/** The beginning of a day of the one who looks, so and so many days later. */
function midnight(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
