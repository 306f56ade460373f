import type { AgentOut } from '../../api/types';

/** Where an agent stands on the board: ready is who is ready and serves nobody. */
export type Standing = 'serving' | 'ready' | 'break' | 'busy' | 'lost' | 'offline';
export const STANDINGS: readonly Standing[] = ['serving', 'ready', 'break', 'busy', 'lost', 'offline'];

export function standingOf(agent: AgentOut): Standing {
  const state = agent.availability.state;
  if (state !== 'offline' && !agent.connected) return 'lost';
  return state === 'ready' && agent.load > 0 ? 'serving' : state;
}

/** The groups that have somebody, each with whoever is in it longest on top. */
export function grouped(agents: readonly AgentOut[]): { standing: Standing; agents: AgentOut[] }[] {
  const since = (agent: AgentOut) => Date.parse(agent.availability.since);
  return STANDINGS.map((standing) => ({
    standing,
    agents: agents
      .filter((agent) => standingOf(agent) === standing)
      .sort((a, b) => b.load - a.load || since(a) - since(b) || a.name.localeCompare(b.name)),
  })).filter((group) => group.agents.length > 0);
}
