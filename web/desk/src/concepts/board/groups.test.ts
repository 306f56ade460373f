import { expect, it } from 'vitest';
import type { AgentOut } from '../../api/types';
import { grouped, standingOf } from './groups';

function agent(name: string, state: AgentOut['availability']['state'], more: Partial<AgentOut> = {}): AgentOut {
  const availability = { state, reason_id: null, reason: null, since: '2026-03-02T09:00:00Z' };
  return { id: name, name, availability, connected: true, load: 0, capacity: 5, ...more } as AgentOut;
}

it('counts who is ready and serves somebody as serving', () => {
  expect(standingOf(agent('a', 'ready'))).toBe('ready');
  expect(standingOf(agent('a', 'ready', { load: 1 }))).toBe('serving');
  expect(standingOf(agent('a', 'busy', { load: 1 }))).toBe('busy');
});

it('tells a lost connection from being offline', () => {
  expect(standingOf(agent('a', 'ready', { connected: false, load: 2 }))).toBe('lost');
  expect(standingOf(agent('a', 'offline', { connected: false }))).toBe('offline');
});

it('leaves empty groups out and puts the fullest on top', () => {
  const groups = grouped([agent('a', 'ready', { load: 1 }), agent('b', 'ready', { load: 3 }), agent('c', 'offline', { connected: false })]);
  expect(groups.map((group) => [group.standing, group.agents.map((one) => one.name)])).toEqual([
    ['serving', ['b', 'a']],
    ['offline', ['c']],
  ]);
});
