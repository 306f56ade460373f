/** What goes over the wire between the widget and the server. */

/** One text in several languages. */
export type Texts = Record<string, string>;

export interface Question {
  id: string;
  kind: 'name' | 'email' | 'phone' | 'text' | 'choice' | 'consent';
  required: boolean;
  labels: Texts;
  options: Texts[];
  url: string;
}

/** What is asked before the first message. */
export interface Form {
  intro: Texts;
  questions: Question[];
}

/** From when to when it is closed next, or is now. */
export interface Hours {
  closed_from: string | null;
  opens_at: string | null;
}

export interface Config extends Partial<Hours> {
  brand: string;
  brand_color: string;
  greeting: string;
  launcher: string;
  position: 'start' | 'end';
  sounds: boolean;
  /** Seconds in which half of those who wrote lately were answered; null when too few did. */
  answers_within: number | null;
  /** Greeting and launcher in other languages than `locale`. */
  texts: Record<string, { greeting: string; launcher: string }>;
  locale: string;
  form: Form | null;
}

export interface Conversation {
  id: string;
  state: 'bot' | 'waiting' | 'offered' | 'active' | 'closed';
  agent_name: string | null;
  queue_position: number | null;
  /** So many of our last messages the agent has not read yet. */
  unread: number;
  close_reason: string | null;
  /** The card with which we were asked what we thought; absent on older servers. */
  rating?: RatingCard | null;
  /** Only what we wrote waits; absent on older servers. */
  message_left?: boolean;
  /** The card of teams, while we are asked to choose one; absent on older servers. */
  teams?: Team[];
}

export interface Team {
  id: string;
  name: string;
}

export interface RatingCard {
  stars: number | null;
  expires_at: string;
  reasons: Texts[];
}

/** What we thought. */
export interface Opinion {
  stars: number;
  comment: string;
  reasons: readonly number[];
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  media_type: string;
  url: string;
  image: boolean;
  /** Where a small one of a picture is. */
  preview?: string | null;
}

export interface Message {
  id: string;
  conversation_id: string;
  seq: number;
  by: 'contact' | 'agent' | 'bot' | 'system';
  name: string;
  kind: 'text' | 'file' | 'event';
  text: string;
  files: StoredFile[];
  event: { name: string; agent_name?: string } | null;
  at: string;
  client_id: string | null;
  /** Answers to tap; absent on older servers. */
  choices?: string[];
}

/** What the server knows of us. */
export interface Visitor {
  name: string;
  /** Questions of the form that need not be answered again. */
  answered: string[];
}

export interface View {
  visitor: Visitor;
  conversation: Conversation | null;
  messages: Message[];
}

/** Where to go on: everything up to `after` of this conversation is here already. */
export interface Resume {
  conversation_id: string | null;
  after: number;
}

/** Who the visitor is, as the page says; with a signature of its back end it is believed. */
export interface Identity {
  id: string;
  name: string;
  email: string;
  phone: string;
  signature: string;
}

/** What was said in the form, by the id of the question. */
export type Answers = Record<string, string>;

export interface Outgoing {
  id: string;
  text: string;
  file_ids: string[];
  page: string;
  form: Answers;
}

export type ToServer =
  | ({ type: 'hello'; token: string } & Resume)
  | ({ type: 'send' } & Outgoing)
  | { type: 'page'; url: string }
  | { type: 'typing' }
  | { type: 'seen'; seq: number }
  | { type: 'ping' };

export type FromServer =
  | ({ type: 'snapshot'; hours?: Hours } & View)
  | { type: 'hours'; hours: Hours }
  | { type: 'message'; message: Message }
  | { type: 'state'; conversation: Conversation }
  | { type: 'ack'; id: string; message: Message }
  | { type: 'typing'; by: 'agent'; name: string }
  | { type: 'error'; id?: string; code: string; detail: string }
  | { type: 'pong' };
