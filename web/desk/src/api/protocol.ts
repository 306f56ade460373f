/** What the OpenAPI description does not know: the live protocol, problems, and short names for parts of shapes. */
import type {
  AgentOut,
  AuthorOut,
  Availability,
  BreakReasonOut,
  CannedResponseOut,
  CalendarOut,
  CategoryOut,
  ChannelOut,
  ContactOut,
  ConversationOut,
  DraftOut,
  MentionOut,
  MessageOut,
  HoursSwitchOut,
  OwnerOut,
  PreferencesOut,
  ReasonOut,
  RecordOut,
  ResultOut,
  RoleOut,
  ScheduledOut,
  SessionOut,
  SessionSettingsOut,
  State,
  TeamOut,
  WorkspaceOut,
} from './types';

export type Locale = AgentOut['locale'];
export type Theme = AgentOut['theme'];
export type Sound = PreferencesOut['sound_message'];
export type ListOrder = PreferencesOut['list_order'];
export type AvailabilityState = Availability;
export type Permission = SessionOut['permissions'][number];
export type Required = CategoryOut['requires'][number];
export type ConversationState = State;
export type AuthorKind = AuthorOut['kind'];
export type MessageState = MessageOut['state'];
export type Visibility = MessageOut['visibility'];
export type EventOut = NonNullable<MessageOut['event']>;

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** What the live connection brings: whole rows, by kind. */
export interface Upsert {
  workspace?: WorkspaceOut[];
  break_reason?: BreakReasonOut[];
  conversation?: ConversationOut[];
  message?: MessageOut[];
  record?: RecordOut[];
  agent?: AgentOut[];
  preferences?: PreferencesOut[];
  role?: RoleOut[];
  team?: TeamOut[];
  channel?: ChannelOut[];
  category?: CategoryOut[];
  owner?: OwnerOut[];
  calendar?: CalendarOut[];
  hours_switch?: HoursSwitchOut[];
  session_settings?: SessionSettingsOut[];
  result?: ResultOut[];
  reason?: ReasonOut[];
  contact?: ContactOut[];
  draft?: DraftOut[];
  scheduled?: ScheduledOut[];
  mention?: MentionOut[];
  /** Told live, it is the id alone: ask for the list. */
  canned_response?: (CannedResponseOut | { id: string })[];
}

export interface Change {
  upsert?: Upsert;
  remove?: { [kind in keyof Upsert]?: string[] };
}

export type FromServer =
  | { type: 'ready'; seq: number; resumed: boolean }
  | ({ type: 'update'; seq: number } & Change)
  | { type: 'pong'; seq: number }
  | Typing
  | Looking;

/** Somebody is writing just now; said again while they go on. */
export interface Typing {
  type: 'typing';
  conversation_id: string;
  by: { kind: 'agent' | 'contact'; id: string; name: string };
}

/** All who look at a conversation, oneself among them. */
export interface Looking {
  type: 'looking';
  conversation_id: string;
  agents: { id: string; name: string }[];
}

export type FromDesk =
  | { type: 'hello'; after: number | null; watch: string[] }
  | { type: 'watch'; conversations: string[] }
  | { type: 'typing'; conversation_id: string; visibility: Visibility }
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
