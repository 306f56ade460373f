import { beforeEach, expect, test } from 'vitest';
import { pool } from '../../live/entities';
import { knownSkills, newSkill, skillName, whoCan } from './skills';

const agent = (id: string, skills: string[], state = 'ready') => ({ id, active: true, team_ids: ['orders'], skills, availability: { state } });

beforeEach(() => {
  pool.agent.clear();
  for (const one of [agent('a', ['returns', 'language:de']), agent('b', ['returns']), agent('c', ['language:de'], 'offline')]) {
    pool.agent.set(one.id, one as never);
  }
});

test('a language is called by its name, a skill as it is written', () => {
  expect(skillName('language:de', 'en')).toBe('German');
  expect(skillName('returns', 'en')).toBe('returns');
});

test('what somebody can do already is offered once', () => {
  expect(knownSkills().filter((one) => one === 'returns')).toHaveLength(1);
  expect(knownSkills()).toContain('language:ja');
});

test('a new skill is a word that is not known and that the server takes', () => {
  expect(newSkill('  heavy   goods ', ['returns'])).toBe('heavy goods');
  expect(newSkill('Returns', ['returns'])).toBeNull();
  expect(newSkill('a:b', [])).toBeNull();
  expect(newSkill('', [])).toBeNull();
});

test('those of a team who are online and can do all of it are counted', () => {
  expect(whoCan('orders', [])).toBe(2);
  expect(whoCan('orders', ['returns', 'language:de'])).toBe(1);
  expect(whoCan('orders', ['language:ja'])).toBe(0);
});
