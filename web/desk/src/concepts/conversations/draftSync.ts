import { Problem } from '../../api/client';
import type { DraftOut, FileOut, MailIn, Visibility } from '../../api/types';
import { mergeFiles, mergeText } from './mergeDraft';

export interface Content {
  text: string;
  visibility: Visibility;
  /** What was begun of the other kind. */
  aside: string;
  files: readonly FileOut[];
  /** What was decided of the mail that it becomes. */
  mail: MailIn | null;
  /** The answers that the contact can tap. */
  choices: readonly string[];
}

/** One composer and the server, as the sync sees them. */
export interface Ends {
  read: () => Content;
  write: (content: Content) => void;
  put: (content: Content, version: number) => Promise<DraftOut>;
  /** How far the server is behind: nothing, being told, or not to be told just now. */
  say: (state: DraftState) => void;
}

export type DraftState = 'none' | 'writing' | 'saved' | 'kept';

const NOTHING: Content = { text: '', visibility: 'public', aside: '', files: [], mail: null, choices: [] };
const QUIET = 700;
const AT_MOST = 4000;

/** The same would be refused again, such as a draft in a conversation that is not ours to see any more. */
const isFinal = (problem: unknown) =>
  problem instanceof Problem && problem.status >= 400 && problem.status < 500 && ![401, 408, 409, 425, 429].includes(problem.status);

const isEmpty = (one: Content) => !one.text.trim() && !one.aside.trim() && one.files.length === 0 && one.choices.length === 0 && one.mail === null;

/** The same, with what is of this kind in the hand. */
const turned = (one: Content, visibility: Visibility): Content =>
  one.visibility === visibility ? one : { ...one, visibility, text: one.aside, aside: one.text };

const contentOf = ({ text, visibility, aside = '', files, mail = null, choices = [] }: DraftOut): Content => ({ text, visibility, aside, files, mail, choices });

const alike = (a: Content['mail'] | Content['choices'], b: typeof a) => JSON.stringify(a) === JSON.stringify(b);

export function same(a: Content, b: Content): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  const ids = (one: Content) => one.files.map((file) => file.id).join();
  return a.text === b.text && a.aside === b.aside && a.visibility === b.visibility && ids(a) === ids(b) && alike(a.mail, b.mail) && alike(a.choices, b.choices);
}

/** Each kind with its own kind, whichever one had in hand. */
function merge(base: Content, mine: Content, theirs: Content): Content {
  const [before, other] = [turned(base, mine.visibility), turned(theirs, mine.visibility)];
  return {
    text: mergeText(before.text, mine.text, other.text),
    visibility: mine.visibility,
    aside: mergeText(before.aside, mine.aside, other.aside),
    files: mergeFiles(base.files, mine.files, theirs.files),
    mail: alike(mine.mail, base.mail) ? theirs.mail : mine.mail,
    choices: alike(mine.choices, base.choices) ? theirs.choices : mine.choices,
  };
}

/**
 * Keeps one draft the same here and on the server. Saved when the hand rests; what another desk kept comes in by its
 * version, and is merged with what was written here since.
 */
export function createDraftSync(ends: Ends) {
  let base = NOTHING;
  let version = 0;
  let putting: Promise<void> | null = null;
  let waiting: DraftOut | null = null;
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;

  /** What the server will not have. It stays here, without a word of a connection that has nothing to do with it. */
  let refused: Content | null = null;
  const isRefused = () => refused !== null && same(ends.read(), refused);

  const dirty = () => !same(ends.read(), base) && !isRefused();
  const tell = (failed = false) => ends.say(failed ? 'kept' : dirty() ? 'writing' : isRefused() || isEmpty(base) ? 'none' : 'saved');

  /** Something was typed. */
  function changed(): void {
    if (!dirty()) {
      if (!putting) tell();
      return;
    }
    tell();
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(() => void save(), Math.max(0, Math.min(QUIET, since + AT_MOST - Date.now())));
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    since = 0;
    await putting;
    if (putting || !dirty()) return;
    putting = put().finally(() => (putting = null));
    await putting;
    if (waiting) take(waiting);
  }

  async function put(): Promise<void> {
    const mine = ends.read();
    const begun = round;
    try {
      const row = await ends.put(mine, version);
      version = row.version;
      // Sent meanwhile: what was saved is no longer what stands here.
      if (begun === round) base = mine;
      tell();
      if (dirty()) changed();
    } catch (problem) {
      const row = problem instanceof Problem && problem.code === 'edited_meanwhile' ? (problem.body.draft as DraftOut | null) : null;
      if (row) waiting = row;
      else if (isFinal(problem)) refused = mine;
      if (!row) tell(!isFinal(problem));
    }
  }

  /** What the server has, by whichever way it came. */
  function take(row: DraftOut): void {
    if (putting) {
      if (row.version > (waiting?.version ?? 0)) waiting = row;
      return;
    }
    waiting = null;
    if (row.version <= version) return;
    const theirs = contentOf(row);
    const mine = ends.read();
    version = row.version;
    const merged = same(mine, base) ? theirs : merge(base, mine, theirs);
    base = theirs;
    if (!same(mine, merged)) ends.write(merged);
    changed();
  }

  /** What stood here goes out as a message: the version it had, once that is known. */
  function sent(): Promise<number> {
    base = NOTHING;
    round += 1;
    clearTimeout(timer);
    since = 0;
    return (putting ?? Promise.resolve()).then(() => version);
  }

  /** The message is not to be sent any more: what the server still has of it goes as well. */
  function forget(row: DraftOut): void {
    if (row.version !== version) return;
    base = contentOf(row);
    changed();
  }

  return { changed, save, take, sent, forget, dirty };
}
