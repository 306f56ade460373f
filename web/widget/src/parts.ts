/** How the parts know each other: the loader brings them together, none imports another. */

import type { Answers, Config, Conversation, Form, Identity, Message, Opinion, Visitor } from './wire';
import type { Blobs } from './kept/blobs';
import type { Keep } from './kept/keep';
import type { Entry } from './session/outbox';
import type { upload } from './session/upload';
import type { VisitorSession } from './session/session';
import type { ChatWords } from './words/en';
import type { Locale } from './words/locale';

export type Link = 'idle' | 'connecting' | 'live' | 'polling' | 'down';

/** One entry of the log as it is shown: a message of the server, or one of ours that is still on its way. */
export interface Turn {
  /** Stays the same when the server confirms the message, so that nothing on the screen is made anew. */
  key: string;
  at: string;
  mine: boolean;
  state: 'waiting' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';
  message: Message | null;
  entry: Entry | null;
}

export interface Shown {
  visitor: Visitor | null;
  /** The form, as long as it has to be filled in before one can write. */
  asks: Form | null;
  conversation: Conversation | null;
  turns: Turn[];
  link: Link;
  online: boolean;
  /** The agent who is writing just now. */
  typing: string | null;
  /** How much of a file is with the server, from 0 to 1, while it is on its way. */
  progress: ReadonlyMap<string, number>;
  isMuted: boolean;
  unread: number;
  /** The last unread answer, for the bubble beside the launcher. */
  latest: Message | null;
}

export type News = Pick<Shown, 'unread' | 'latest'>;

/** What goes on while the chat is closed. */
export interface Watch {
  news(): News;
  subscribe(changed: () => void): () => void;
  identify(identity: Identity): void;
  /** Fetches the rest: what it takes to see all that was said, and to write. */
  session(): Promise<Session>;
  stop(): void;
}

export interface Session {
  shown(): Shown;
  subscribe(changed: () => void): () => void;
  write(text: string, files: readonly File[]): void;
  retry(id: string): void;
  discard(id: string): void;
  end(): Promise<boolean>;
  /** Null when it was taken, else the code of the refusal. */
  tell(what: 'rating', opinion: Opinion): Promise<string | null>;
  tell(what: 'team', choice: { team_id: string }): Promise<string | null>;
  /** The visitor is about to write, or to send a file: have ready by then what it takes. */
  warm(hasFiles?: boolean): void;
  typing(): void;
  mute(isMuted: boolean): void;
  /** Whether the visitor has the open chat before them. */
  attend(present: boolean): void;
  /** The bytes of a picture that has not left this browser yet. */
  picture(fileId: string): Promise<Blob | null>;
  /** What is being written, in this tab; with a value, it is kept. */
  draft(what: 'text' | 'form', value?: string): string;
  answer(form: Answers): void;
}

export interface SessionSetup {
  origin: string;
  key: string;
  locale: Locale;
  config: Config;
  identity: Identity | null;
  /** What this browser keeps of the visitor, and what this tab keeps. */
  keep: Keep;
  drafts: Keep;
  /** Fetches what it takes to write. */
  writing(): Promise<WritingPart>;
  /** Fetches what it takes to keep files, and to send them. */
  files(): Promise<FilesPart>;
}

export interface FilesPart {
  blobs: Blobs;
  upload: typeof upload;
}

export interface WritingPart {
  begin(watch: VisitorSession): Session;
}

export interface ChatSetup {
  root: HTMLElement;
  adopt(css: string): void;
  session: Session;
  config: Config;
  origin: string;
  locale: Locale;
  words: ChatWords;
  close(): void;
  /** A part that comes later did not come. */
  missing(): void;
}

export interface Chat {
  show(focus: boolean): void;
  hide(): void;
  prefill(text: string): void;
  remove(): void;
}

export interface SessionPart {
  begin(setup: SessionSetup): Watch;
}

export interface WordsPart {
  words: ChatWords;
}

export interface ChatPart {
  mount(setup: ChatSetup): Chat;
}
