import { computed, reactive, readonly } from 'vue';
import { api, onSignedOut, Problem, useCsrf } from '../../api/client';
import type { AgentOut, Locale, Permission, PreferencesOut, SessionOut, SignInIn, Theme, WorkspaceOut } from '../../api/types';
import { apply } from '../../live/apply';
import { forgetEverything, pool } from '../../live/entities';
import { reloadEverything, round } from '../../live/load';
import { live, startLive, startOver, stopLive } from '../../live/socket';

interface State {
  /** `unknown` until the server has been asked. */
  at: 'unknown' | 'out' | 'in' | 'setup';
  agentId: string;
  readonly workspace: WorkspaceOut | null;
  permissions: readonly Permission[];
}

/** There is one; it is kept in the pool, where a change of its settings arrives. */
const workspace = computed<WorkspaceOut | null>(() => [...pool.workspace.values()][0] ?? null);
const state = reactive({ at: 'unknown', agentId: '', permissions: [], workspace } as unknown as State);
export const session = readonly(state);

/** The signed-in agent as the pool knows them, or null. */
export const me = computed<AgentOut | null>(() => pool.agent.get(state.agentId) ?? null);

/** How they want the desk, or null while nobody is signed in. */
export const preferences = computed<PreferencesOut | null>(() => pool.preferences.get(state.agentId) ?? null);

export function may(permission: Permission): boolean {
  return state.permissions.includes(permission);
}

function begin(answer: SessionOut): void {
  useCsrf(answer.csrf);
  round.value += 1;
  apply({ upsert: { workspace: [answer.workspace], agent: [answer.agent], preferences: [answer.preferences] } });
  Object.assign(state, {
    at: 'in',
    agentId: answer.agent.id,
    permissions: answer.permissions,
  } satisfies Partial<State>);
  startLive(answer.seq, {
    snapshotNeeded: () => void fetchAll(),
    signedOut: () => (live.everReady ? void askAnew() : end()),
    back: () => void askAfterGap(),
  });
  // Not only when the line stands: it tells all that happened since the answer, so nothing falls in between.
  void fetchAll();
}

async function fetchAll(): Promise<void> {
  const begun = round.value;
  if (!(await reloadEverything()) && begun === round.value && state.at === 'in') startOver();
}

/** The server closed the live connection: signed out, or with other permissions than before. */
async function askAnew(): Promise<void> {
  try {
    const answer = await api.get<SessionOut>('/api/session');
    if (state.at !== 'in') return;
    if (answer.agent.id !== state.agentId) return giveWay();
    forgetEverything(); // what one may no longer see; the rest comes again at once
    begin(answer);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (state.at !== 'in') return;
    if (error.unreachable) setTimeout(() => void askAnew(), 2000);
    else end();
  }
}

/** Who slept while their role changed was told nothing: the server only tells those who listen. */
async function askAfterGap(): Promise<void> {
  try {
    const { agent, permissions } = await api.get<SessionOut>('/api/session');
    if (state.at !== 'in') return;
    if (agent.id !== state.agentId) giveWay();
    else if (permissions.join() !== state.permissions.join()) {
      stopLive();
      await askAnew();
    }
  } catch (error) {
    // Signed out is dealt with where it was heard; when nobody answered, the next connection asks again.
    if (!(error instanceof Problem)) throw error;
  }
}

function end(): void {
  stopLive();
  useCsrf('');
  Object.assign(state, { at: 'out', agentId: '', permissions: [] } satisfies Partial<State>);
  forgetEverything();
}

/** Meanwhile somebody else has signed in in this browser. The page begins anew, so that nothing of the former one stays in it. */
function giveWay(): void {
  end();
  location.reload();
}

onSignedOut(() => {
  if (state.at === 'in') end();
});

/** Asks the server who we are; a workspace that does not exist yet leads to the set-up. */
export async function resume(): Promise<void> {
  try {
    begin(await api.get<SessionOut>('/api/session'));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    const { needed } = await api.get<{ needed: boolean }>('/api/setup');
    state.at = needed ? 'setup' : 'out';
  }
}

export async function signIn(credentials: SignInIn): Promise<void> {
  begin(await api.post<SessionOut>('/api/session', credentials));
}

export interface SetupIn {
  workspace_name: string;
  timezone: string;
  name: string;
  email: string;
  password: string;
  locale: Locale;
}

export async function setUp(workspace: SetupIn): Promise<void> {
  begin(await api.post<SessionOut>('/api/setup', workspace));
}

export async function signOut(): Promise<void> {
  await api.delete('/api/session');
  end();
}

export interface MeIn {
  name?: string;
  locale?: Locale;
  theme?: Theme;
  password?: string;
  current_password?: string;
}

export async function saveMe(change: MeIn): Promise<void> {
  apply({ upsert: { agent: [await api.patch<AgentOut>('/api/me', change)] } });
}

export async function prefer(change: Partial<Omit<PreferencesOut, 'id'>>): Promise<void> {
  apply({ upsert: { preferences: [await api.patch<PreferencesOut>('/api/me/preferences', change)] } });
}
