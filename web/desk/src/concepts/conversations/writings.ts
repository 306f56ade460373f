import { reactive } from 'vue';
import type { FileOut, MailIn, Visibility } from '../../api/types';

export interface Attachment {
  key: string;
  name: string;
  size: number;
  state: 'uploading' | 'ready' | 'failed';
  /** How much of it has gone, from 0 to 1. */
  share: number;
  file: FileOut | null;
  problem: unknown;
}

/** Who wrote while the agent was writing, and the id our message keeps. */
export interface Guard {
  id: string;
  name: string;
  at: string;
  seq: number;
}

/** What stands in the composer of one conversation. It stays when one looks elsewhere and comes back. */
export interface Writing {
  text: string;
  kind: Visibility;
  /** What was begun of the other kind: it never goes out with this one. */
  aside: string;
  attachments: Attachment[];
  /** The message that the answer points at. */
  replyTo: string | null;
  /** The answers that the contact can tap. */
  choices: string[];
  /** What was decided of the mail that it becomes; nothing where it goes as usual. */
  mail: MailIn | null;
  /** What stands in a field for addresses and is none, so that it cannot go yet. */
  unfinished: { cc: string; bcc: string };
  guard: Guard | null;
  /** Seq from which messages came in while writing; the log draws a line there. */
  newerFrom: number | null;
}

export const writings = reactive(new Map<string, Writing>());

export function writingOf(conversationId: string): Writing {
  if (!writings.has(conversationId)) {
    writings.set(conversationId, { text: '', kind: 'public', aside: '', attachments: [], replyTo: null, choices: [], mail: null, unfinished: { cc: '', bcc: '' }, guard: null, newerFrom: null });
  }
  return writings.get(conversationId)!;
}

/** Goes on with the other kind, each with its own text. */
export function turnTo(writing: Writing, kind: Visibility): void {
  if (writing.kind !== kind) Object.assign(writing, { kind, text: writing.aside, aside: writing.text });
}

export function attached(file: FileOut): Attachment {
  return { key: file.id, name: file.name, size: file.size, state: 'ready', share: 1, file, problem: null };
}

export const filesOf = (writing: Writing): FileOut[] => writing.attachments.flatMap((one) => (one.file ? [one.file] : []));
