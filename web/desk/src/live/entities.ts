import { shallowReactive } from 'vue';
import type {
  AgentOut,
  BreakReasonOut,
  CalendarOut,
  CannedResponseOut,
  CategoryOut,
  ChannelOut,
  ContactOut,
  ConversationOut,
  DraftOut,
  HoursSwitchOut,
  MentionOut,
  MessageOut,
  OwnerOut,
  PreferencesOut,
  ReasonOut,
  RecordOut,
  ResultOut,
  RoleOut,
  ScheduledOut,
  SessionSettingsOut,
  TeamOut,
  WorkspaceOut,
} from '../api/types';

export interface Kinds {
  conversation: ConversationOut;
  message: MessageOut;
  record: RecordOut;
  agent: AgentOut;
  preferences: PreferencesOut;
  role: RoleOut;
  team: TeamOut;
  channel: ChannelOut;
  category: CategoryOut;
  owner: OwnerOut;
  session_settings: SessionSettingsOut;
  calendar: CalendarOut;
  hours_switch: HoursSwitchOut;
  result: ResultOut;
  reason: ReasonOut;
  contact: ContactOut;
  workspace: WorkspaceOut;
  break_reason: BreakReasonOut;
  draft: DraftOut;
  scheduled: ScheduledOut;
  mention: MentionOut;
  canned_response: CannedResponseOut;
}

export type Kind = keyof Kinds;
export type Pool = { [K in Kind]: Map<string, Kinds[K]> } & {
  /** Ids of the known messages of a conversation, ascending by seq. */
  log: Map<string, readonly string[]>;
};

/**
 * Every row that the desk knows, once, by id. Screens read from here; only `apply.ts` writes.
 * The maps are shallow: rows are replaced as wholes and never changed in place.
 */
export const pool: Pool = {
  conversation: shallowReactive(new Map()),
  message: shallowReactive(new Map()),
  record: shallowReactive(new Map()),
  agent: shallowReactive(new Map()),
  preferences: shallowReactive(new Map()),
  role: shallowReactive(new Map()),
  team: shallowReactive(new Map()),
  channel: shallowReactive(new Map()),
  category: shallowReactive(new Map()),
  owner: shallowReactive(new Map()),
  session_settings: shallowReactive(new Map()),
  calendar: shallowReactive(new Map()),
  hours_switch: shallowReactive(new Map()),
  result: shallowReactive(new Map()),
  reason: shallowReactive(new Map()),
  contact: shallowReactive(new Map()),
  workspace: shallowReactive(new Map()),
  break_reason: shallowReactive(new Map()),
  draft: shallowReactive(new Map()),
  scheduled: shallowReactive(new Map()),
  mention: shallowReactive(new Map()),
  canned_response: shallowReactive(new Map()),
  log: shallowReactive(new Map()),
};

export function forgetEverything(): void {
  for (const rows of Object.values(pool)) rows.clear();
}
