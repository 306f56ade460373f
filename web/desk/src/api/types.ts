/** The wire shapes of the server, named as the server names them. */

export type Locale = 'en' | 'zh-TW';
export type Theme = 'system' | 'light' | 'dark';
export type Role = 'agent' | 'supervisor' | 'administrator';
export type AvailabilityState = 'ready' | 'busy' | 'break' | 'offline';
export type Permission = 'people.manage' | 'settings.manage' | (string & {});

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface AvailabilityOut {
  state: AvailabilityState;
  reason_id: string | null;
  reason: string | null;
  since: string;
}

export interface AgentOut {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: Locale;
  theme: Theme;
  limit: number | null;
  active: boolean;
  team_ids: string[];
  availability: AvailabilityOut;
  connected: boolean;
  load: number;
  capacity: number;
}

export interface WorkspaceOut {
  id: string;
  name: string;
  locale: Locale;
}

export interface SessionOut {
  workspace: WorkspaceOut;
  agent: AgentOut;
  permissions: Permission[];
  csrf: string;
}

export interface BreakReasonOut {
  id: string;
  label: string;
}

export interface TeamOut {
  id: string;
  name: string;
  limit: number | null;
  member_ids: string[];
  active: boolean;
}

export interface TokenOut {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
  prefix: string;
}

export interface TokenCreatedOut extends TokenOut {
  token: string;
}

export interface ChannelOut {
  id: string;
  kind: string;
  name: string;
  category_id: string;
  active: boolean;
  public_key: string;
  allowed_domains: string[];
  brand_color: string;
  greeting: string;
  snippet: string;
}

export type Required = 'result' | 'reasons' | 'notes' | 'contact';

export interface CategoryOut {
  id: string;
  name: string;
  owner_id: string | null;
  team_id: string | null;
  active: boolean;
  requires: Required[];
}

export interface OwnerOut {
  id: string;
  name: string;
  active: boolean;
}

export interface ResultOut {
  id: string;
  label: string;
  category: string;
  active: boolean;
  position: number;
}

export interface ReasonOut {
  id: string;
  label: string;
  parent_id: string | null;
  description: string;
  active: boolean;
  position: number;
  category_ids: string[];
}

export type ConversationState = 'bot' | 'waiting' | 'offered' | 'active' | 'closed';
export type AuthorKind = 'contact' | 'agent' | 'bot' | 'system';

export interface ConversationOut {
  id: string;
  version: number;
  state: ConversationState;
  close_reason: string | null;
  channel_id: string;
  channel_kind: string;
  category_id: string;
  owner_id: string | null;
  team_id: string | null;
  agent_id: string | null;
  contact_id: string | null;
  contact_point_id: string;
  contact_name: string;
  page: string | null;
  priority: number;
  created_at: string;
  queued_at: string | null;
  assigned_at: string | null;
  first_answer_at: string | null;
  closed_at: string | null;
  last_seq: number;
  last_text: string | null;
  last_by: AuthorKind | null;
  last_at: string | null;
  waiting_since: string | null;
  unread: number;
  service_record_id: string | null;
  previous_id: string | null;
}

export interface FileOut {
  id: string;
  name: string;
  size: number;
  media_type: string;
  url: string;
  image: boolean;
}

export type EventOut =
  | { name: 'queued'; team_id: string }
  | {
      name: 'assigned';
      agent_id: string;
      agent_name: string;
      team_id: string | null;
      waited_seconds: number | null;
      why: 'longest_idle' | 'last_agent' | 'taken' | 'transferred';
    }
  | {
      name: 'transferred';
      by_id: string;
      by_name: string;
      to_agent_id?: string | null;
      to_agent_name?: string | null;
      to_team_id?: string | null;
      to_team_name?: string | null;
      note: string;
    }
  | { name: 'returned'; agent_id: string; agent_name: string; why: 'agent_lost' }
  | { name: 'closed'; reason: string; by_name?: string | null }
  | { name: 'reopened' };

export type MessageState = 'sent' | 'delivered' | 'read' | 'failed';
export type Visibility = 'public' | 'internal';

export interface MessageOut {
  id: string;
  conversation_id: string;
  seq: number;
  kind: 'text' | 'file' | 'event';
  author: { kind: AuthorKind; id: string; name: string };
  visibility: Visibility;
  text: string;
  files: FileOut[];
  event: EventOut | null;
  at: string;
  client_id: string | null;
  state: MessageState;
}

export interface MessagesOut {
  items: MessageOut[];
  more: boolean;
}

export interface MessageIn {
  id: string;
  text: string;
  visibility: Visibility;
  file_ids?: string[];
  seen_up_to: number;
  anyway?: boolean;
}

export interface FactOut {
  seq: number;
  topic: string;
  at: string;
  actor: unknown;
  payload: unknown;
}

export interface QueueOut {
  team_id: string;
  name: string;
  waiting: number;
  oldest: string | null;
  ready_agents: number;
}

export interface ContactOut {
  id: string;
  version: number;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  locale: string | null;
  notes: string | null;
  created_at: string;
}

export type RecordState = 'open' | 'wrap_up' | 'completed';

export interface LabelOut {
  id: string;
  label: string;
}

export interface RecordOut {
  id: string;
  number: number;
  version: number;
  state: RecordState;
  direction: 'inbound' | 'outbound';
  handler_id: string;
  contact_id: string | null;
  contact_name: string;
  contact_point_id: string | null;
  owner_id: string | null;
  owner_name: string | null;
  category_id: string;
  category_name: string;
  channel_id: string;
  channel_kind: string;
  channel_name: string;
  result: LabelOut | null;
  reasons: LabelOut[];
  notes: string;
  edited_by_id: string | null;
  edited_at: string | null;
  started_at: string;
  conversation_ended_at: string | null;
  ended_at: string | null;
  waited_seconds: number | null;
  conversation_ids: string[];
  requires: Required[];
}

export interface HandoverOut {
  from_id: string | null;
  to_id: string;
  at: string;
  why: string;
}

export interface RecordDetail extends RecordOut {
  handovers: HandoverOut[];
  conversations: ConversationOut[];
}

/** What the live connection brings: whole rows, by kind. */
export interface Upsert {
  conversation?: ConversationOut[];
  message?: MessageOut[];
  record?: RecordOut[];
  agent?: AgentOut[];
  team?: TeamOut[];
  channel?: ChannelOut[];
  category?: CategoryOut[];
  owner?: OwnerOut[];
  result?: ResultOut[];
  reason?: ReasonOut[];
  contact?: ContactOut[];
}

export interface Change {
  upsert?: Upsert;
  remove?: { conversation?: string[] };
}

export type FromServer =
  | { type: 'ready'; seq: number; resumed: boolean }
  | ({ type: 'update'; seq: number } & Change)
  | { type: 'pong'; seq: number };

export type FromDesk =
  | { type: 'hello'; after: number | null; watch: string[] }
  | { type: 'watch'; conversations: string[] }
  | { type: 'ping' };

export interface ProblemOut {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  field?: string;
  errors?: { field: string; detail: string }[];
  request_id?: string;
  [extra: string]: unknown;
}
