import { pool } from '../../live/entities';
import { LANGUAGES, languageOf } from '../../ui/languages';

const LANGUAGE = 'language:';
/** A word as the server takes it: neither comma nor colon, and not too long. */
const WORD = /^[^\s,:~][^,:~\n]{0,49}$/;

/** A skill as people say it: a language by its name, anything else as it was written. */
export function skillName(skill: string, inLanguage: string): string {
  return skill.startsWith(LANGUAGE) ? languageOf(skill.slice(LANGUAGE.length), inLanguage) : skill;
}
export const isLanguage = (skill: string): boolean => skill.startsWith(LANGUAGE);

/** The skills that somebody has or something asks for, and the languages. */
export function knownSkills(): string[] {
  const said = [...[...pool.agent.values()].flatMap((row) => row.skills), ...[...pool.category.values()].flatMap((row) => row.skills)];
  return [...new Set([...said, ...LANGUAGES.map((one) => LANGUAGE + one)])];
}

/** What is typed as a new skill, if it can be one and is not known yet. */
export function newSkill(typed: string, known: readonly string[]): string | null {
  const word = typed.trim().replace(/\s+/g, ' ');
  return WORD.test(word) && !known.some((one) => one.toLocaleLowerCase() === word.toLocaleLowerCase()) ? word : null;
}

/** Of a team, who is online and can do all of this; without anything asked for, all who are online. */
export function whoCan(teamId: string, skills: readonly string[]): number {
  return [...pool.agent.values()].filter(
    (one) => one.active && one.team_ids.includes(teamId) && one.availability.state !== 'offline' && skills.every((skill) => one.skills.includes(skill)),
  ).length;
}
