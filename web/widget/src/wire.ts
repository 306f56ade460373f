/** What goes over the wire between the widget and the server. */

export interface Config {
  name: string;
  brand_color: string;
  greeting: string;
  locale: string;
}

export interface Conversation {
  id: string;
  state: 'bot' | 'waiting' | 'offered' | 'active' | 'closed';
  agent_name: string | null;
  queue_position: number | null;
  close_reason: string | null;
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  media_type: string;
  url: string;
  image: boolean;
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
}

export interface View {
  conversation: Conversation | null;
  messages: Message[];
}

/** Where to go on: everything up to `after` of this conversation is here already. */
export interface Resume {
  conversation_id: string | null;
  after: number;
}

export interface Outgoing {
  id: string;
  text: string;
  file_ids: string[];
  page: string;
}

export type ToServer =
  | ({ type: 'hello'; token: string } & Resume)
  | ({ type: 'send' } & Outgoing)
  | { type: 'page'; url: string; title: string }
  | { type: 'ping' };

export type FromServer =
  | ({ type: 'snapshot' } & View)
  | { type: 'message'; message: Message }
  | { type: 'state'; conversation: Conversation }
  | { type: 'ack'; id: string; message: Message }
  | { type: 'error'; id?: string; code: string; detail: string }
  | { type: 'pong' };
