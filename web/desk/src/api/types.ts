/** The wire shapes of the server. Written by tools/desk_types.py from its OpenAPI description; edits are lost. */

export * from './protocol';

export interface AgentChange {
  name?: string;
  email?: string;
  password?: string;
  role?: string;
  limit?: number | null;
  active?: boolean;
  team_ids?: string[];
  skills?: string[];
}

export interface AgentIn {
  name: string;
  email: string;
  password: string;
  role?: string;
  limit?: number | null;
  team_ids?: string[];
  skills?: string[];
  locale?: 'en' | 'zh-TW';
}

export interface AgentOut {
  id: string;
  name: string;
  email: string;
  role: string;
  locale: 'en' | 'zh-TW';
  theme: 'system' | 'light' | 'dark';
  limit: number | null;
  active: boolean;
  team_ids: string[];
  skills: string[];
  availability: AvailabilityOut;
  connected: boolean;
  load: number;
  capacity: number;
  returned: number;
}

export interface AgentRemindedEvent {
  agent_id: string;
  agent_name: string;
  waited_seconds: number;
  name: 'agent_reminded';
}

export interface AgentsOut {
  ready: number;
  serving: number;
  busy: number;
  on_break: number;
  offline: number;
  free: number;
}

export interface Allocation {
  policy?: 'automatic' | 'contact_chooses_team' | 'business_server';
  card?: string[];
  team_names?: Record<string, Record<string, string>>;
  choose_within?: number;
  server_url?: string;
  server_timeout?: number;
  fallback_team_id?: string;
  last_agent?: boolean;
  responsible_agent?: boolean;
  order?: 'longest_idle' | 'least_loaded' | 'agent_priority';
  relaxed_skill?: boolean;
}

export interface AllocationChange {
  policy?: 'automatic' | 'contact_chooses_team' | 'business_server' | null;
  card?: string[] | null;
  team_names?: Record<string, Record<string, string>> | null;
  choose_within?: number | null;
  server_url?: string | null;
  server_timeout?: number | null;
  fallback_team_id?: string | null;
  last_agent?: boolean | null;
  responsible_agent?: boolean | null;
  order?: 'longest_idle' | 'least_loaded' | 'agent_priority' | null;
  relaxed_skill?: boolean | null;
}

export interface AssignedEvent {
  agent_id: string;
  agent_name: string;
  team_id: string;
  waited_seconds: number;
  why: 'longest_idle' | 'last_agent' | 'responsible' | 'least_loaded' | 'agent_priority' | 'taken' | 'transferred' | 'connected' | 'named';
  name: 'assigned';
}

export interface AttemptOut {
  at: string;
  ended_at: string | null;
  outcome: string;
  failure: string;
  code: string;
  detail: string;
}

export interface AuditOut {
  seq: number;
  at: string;
  topic: string;
  actor_kind: 'agent' | 'visitor' | 'system' | 'import';
  actor_id: string;
  actor_name: string;
  subject_id: string | null;
  subject_name: string;
  changes: Record<string, unknown[]>;
  details: Record<string, unknown>;
}

export interface AuditPage {
  items: AuditOut[];
  next: string | null;
}

export interface AuthorOut {
  kind: 'contact' | 'agent' | 'bot' | 'system';
  id: string;
  name: string;
}

export type Availability = 'offline' | 'ready' | 'busy' | 'break';

export interface AvailabilityIn {
  state: Availability;
  reason_id?: string | null;
}

export interface AvailabilityOut {
  state: Availability;
  reason_id: string | null;
  reason: string | null;
  cause: 'missed_offer' | null;
  since: string;
}

export interface BackfillIn {
  day: string;
}

export interface BoardOut {
  at: string;
  day_began: string;
  timezone: string;
  wait_target: number;
  queues: BoardQueueOut[];
  agents: AgentsOut;
  today: CountsOut;
  conversations: BoardTalkOut[];
}

export interface BoardQueueOut {
  team_id: string;
  name: string;
  waiting: number;
  oldest: string | null;
  messages: number;
  offered: number;
  serving: number;
  agents: AgentsOut;
  today: CountsOut;
}

export interface BoardTalkOut {
  id: string;
  state: State;
  contact_name: string;
  contact_id: string | null;
  contact_point_id: string;
  channel_kind: string;
  team_id: string;
  agent_id: string | null;
  queued_at: string | null;
  assigned_at: string | null;
  waiting_since: string | null;
  last_text: string;
}

export interface BreakReasonChange {
  label?: string;
  position?: number;
  active?: boolean;
}

export interface BreakReasonIn {
  label: string;
  position?: number | null;
}

export interface BreakReasonOut {
  id: string;
  label: string;
  position: number;
  active: boolean;
}

export interface BrowserOut {
  id: string;
  browser: string;
  user_agent: string;
  since: string;
  seen_at: string;
  current: boolean;
}

export interface Button {
  title: string;
  data?: string;
}

export interface CalendarChange {
  name?: string;
  zone?: string;
  week?: Period[][];
  last_intake?: number;
  queue_while_closed?: boolean;
  active?: boolean;
}

export interface CalendarIn {
  name: string;
  zone: string;
  week?: Period[][];
  last_intake?: number;
  queue_while_closed?: boolean;
}

export interface CalendarOut {
  id: string;
  name: string;
  zone: string;
  week: Period[][];
  last_intake: number;
  queue_while_closed: boolean;
  active: boolean;
  version: number;
  days: SpecialDayOut[];
}

export interface CannedResponseChange {
  shortcut?: string;
  title?: string;
  text?: string;
  choices?: string[];
  language?: '' | 'en' | 'zh-TW';
  shared_with?: 'me' | 'teams' | 'everybody';
  team_ids?: string[];
  active?: boolean;
}

export interface CannedResponseIn {
  shortcut: string;
  title: string;
  text: string;
  choices?: string[];
  language?: '' | 'en' | 'zh-TW';
  shared_with?: 'me' | 'teams' | 'everybody';
  team_ids?: string[];
}

export interface CannedResponseOut {
  id: string;
  shortcut: string;
  title: string;
  text: string;
  choices: string[];
  language: '' | 'en' | 'zh-TW';
  shared_with: 'me' | 'teams' | 'everybody';
  agent_id: string;
  team_ids: string[];
  active: boolean;
  used: number;
}

export interface CapabilitiesOut {
  most_text: number;
  files: Record<string, number>;
  choices: number;
  choice_length: number;
  begins: boolean;
  templates: boolean;
  reply_window_seconds: number | null;
  tells_delivered: boolean;
  tells_read: boolean;
  quotes: '' | 'marked' | 'all';
  reactions: string[];
  joins: boolean;
  edits: boolean;
  takes_back: boolean;
}

export interface Card {
  name: string;
  phones?: string[];
  emails?: string[];
}

export interface CategoryChange {
  name?: string;
  team_id?: string;
  owner_id?: string | null;
  requires?: ('result' | 'reasons' | 'notes' | 'contact')[];
  skills?: string[];
  active?: boolean;
}

export interface CategoryIn {
  name: string;
  team_id: string;
  owner_id?: string | null;
  requires?: ('result' | 'reasons' | 'notes' | 'contact')[];
  skills?: string[];
}

export interface CategoryOut {
  id: string;
  name: string;
  owner_id: string | null;
  team_id: string;
  requires: ('result' | 'reasons' | 'notes' | 'contact')[];
  skills: string[];
  active: boolean;
}

export interface ChannelChange {
  name?: string;
  settings?: Record<string, string | number | boolean | string[]>;
  secrets?: Record<string, string>;
  category_id?: string;
  allowed_domains?: string[];
  brand_color?: string;
  greeting?: string;
  launcher?: string;
  position?: 'start' | 'end';
  sounds?: boolean;
  texts?: Record<string, ChannelTexts>;
  form?: Form;
  active?: boolean;
}

export interface ChannelIn {
  name: string;
  category_id: string;
  kind?: ChannelKind;
  settings?: Record<string, string | number | boolean | string[]>;
  secrets?: Record<string, string>;
  allowed_domains?: string[];
  brand_color?: string;
  greeting?: string;
  launcher?: string;
  position?: 'start' | 'end';
  sounds?: boolean;
  texts?: Record<string, ChannelTexts>;
  form?: Form;
}

export type ChannelKind = 'webchat' | 'email' | 'phone' | 'line' | 'whatsapp' | 'messenger' | 'instagram' | 'telegram' | 'sms' | 'api';

export interface ChannelOut {
  id: string;
  kind: ChannelKind;
  name: string;
  category_id: string;
  active: boolean;
  public_key: string;
  allowed_domains: string[];
  brand_color: string;
  greeting: string;
  launcher: string;
  position: 'start' | 'end';
  sounds: boolean;
  texts: Record<string, ChannelTexts>;
  form: Form;
  health: StandingOut | null;
  snippet: string;
  hook: string;
  joins: boolean;
  settings: Record<string, unknown>;
  secrets: string[];
}

export interface ChannelSecretOut {
  secret: string;
}

export interface ChannelTexts {
  greeting?: string;
  launcher?: string;
}

export interface ChoiceIn {
  conversation_id: string;
  team_id: string;
}

export interface ClockIn {
  at?: string | null;
  advance_seconds?: number | null;
}

export interface ClockOut {
  at: string;
  ahead_seconds: number;
  fired?: number;
}

export type CloseReason = 'agent_closed' | 'contact_closed' | 'contact_timeout' | 'abandoned' | 'no_agent' | 'out_of_hours' | 'flow_ended' | 'blocked' | 'service_limit' | 'elsewhere' | 'error';

export interface ClosedEvent {
  reason: CloseReason;
  by_name: string;
  name: 'closed';
}

export interface Closure {
  contact_reminder?: number;
  contact_timeout?: number;
  agent_reminder?: number;
  agent_escalation?: number;
  agent_return?: number;
  service_limit?: number;
  service_warning?: number;
  service_end?: 'notice' | 'close';
  continue_while_nobody_waits?: boolean;
}

export interface ClosureChange {
  contact_reminder?: number | null;
  contact_timeout?: number | null;
  agent_reminder?: number | null;
  agent_escalation?: number | null;
  agent_return?: number | null;
  service_limit?: number | null;
  service_warning?: number | null;
  service_end?: 'notice' | 'close' | null;
  continue_while_nobody_waits?: boolean | null;
}

export interface ContactChange {
  version?: number | null;
  name?: string;
  email?: string;
  phone?: string;
  company?: string;
  locale?: string;
  notes?: string;
  agent_id?: string | null;
}

export interface ContactIn {
  name: string;
  email?: string;
  phone?: string;
  company?: string;
  locale?: string;
  notes?: string;
  agent_id?: string | null;
  conversation_id?: string | null;
}

export interface ContactLinkIn {
  contact_id: string | null;
}

export interface ContactOut {
  id: string;
  version: number;
  name: string;
  email: string;
  phone: string;
  company: string;
  locale: string;
  notes: string;
  agent_id: string | null;
  merged_into_id: string | null;
  created_at: string;
}

export interface ContactPage {
  items: ContactOut[];
  next: string | null;
}

export interface ConversationOut {
  id: string;
  version: number;
  state: State;
  close_reason: CloseReason | null;
  channel_id: string;
  channel_kind: ChannelKind;
  category_id: string;
  owner_id: string | null;
  team_id: string;
  decider: 'contact' | 'server' | null;
  agent_id: string | null;
  contact_id: string | null;
  contact_point_id: string;
  contact_name: string;
  subject: string;
  page: string | null;
  priority: number;
  urgency: number;
  skills: string[];
  created_at: string;
  queued_at: string | null;
  assigned_at: string | null;
  offered_at: string | null;
  offered_until: string | null;
  first_answer_at: string | null;
  closed_at: string | null;
  last_seq: number;
  last_text: string;
  last_holds: string;
  last_by: 'contact' | 'agent' | 'bot' | '';
  last_at: string;
  waiting_since: string | null;
  unread: number;
  agent_reminded_at: string | null;
  escalated_at: string | null;
  rating_asked_at: string | null;
  message_left_at: string | null;
  snoozed_at: string | null;
  snoozed_until: string | null;
  woken_at: string | null;
  reply_until: string | null;
  service_record_id: string | null;
  previous_id: string | null;
}

export interface ConversationPage {
  items: ConversationOut[];
  next: string | null;
}

export interface CountryOut {
  code: string;
  regions: string[];
}

export interface CountsOut {
  answered: number;
  in_target: number;
  abandoned: number;
  short: number;
  service_level: number | null;
  abandon_rate: number | null;
}

export interface DayOut {
  hours: HourOut[];
  bounds: number[];
  waits: number[];
  trends: TrendOut[];
}

export interface DecidedEvent {
  by: 'contact' | 'server' | 'agent' | 'fallback';
  of: 'contact' | 'server';
  team_id: string;
  team_name: string;
  agents: string[];
  why: string;
  name: 'decided';
}

export interface DeliveryOut {
  id: string;
  part: number;
  state: DeliveryState;
  text: string;
  file_ids: string[];
  due_at: string | null;
  moved_at: string;
  external_id: string | null;
  attempts: AttemptOut[];
}

export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

export interface DraftIn {
  version: number;
  text?: string;
  visibility?: 'public' | 'internal';
  aside?: string;
  mail?: MailIn | null;
  choices?: string[];
  file_ids?: string[];
}

export interface DraftOut {
  id: string;
  conversation_id: string;
  version: number;
  text: string;
  visibility: 'public' | 'internal';
  aside: string;
  files: FileOut[];
  mail: MailIn | null;
  choices: string[];
  saved_at: string;
}

export interface EditIn {
  text: string;
}

export interface Elsewhere {
  app?: string;
}

export interface EscalatedEvent {
  agent_id: string;
  agent_name: string;
  waited_seconds: number;
  name: 'escalated';
}

export interface ExpectedOut {
  agents: number;
  service_level: number;
  service_level_of_answered: number;
  mean_wait: number;
  delayed: number;
  queue: number;
  occupancy: number;
  abandoned: number;
  blocked: number;
  over_within: number;
}

export interface Failure {
  kind: string;
  reason?: string;
  detail?: string;
}

export interface FiguresOut {
  count: number;
  mean: number;
  p50: number;
  p90: number;
  longest: number;
}

export interface FileOut {
  id: string;
  name: string;
  size: number;
  media_type: string;
  url: string;
  image: boolean;
  width?: number | null;
  height?: number | null;
  preview?: string | null;
  state?: 'here' | 'awaited' | 'missing';
  trouble?: string;
}

export interface FirstReplyOut {
  conversation_id: string;
  agent_id: string;
  asked_at: string;
  answered_at: string;
  seconds: number;
}

export interface FirstReplyPage {
  items: FirstReplyOut[];
  next: string | null;
}

export interface FirstReplyReport {
  by: string;
  timezone: string;
  total: FiguresOut;
  groups: GroupOut[];
}

export interface Form {
  active?: boolean;
  intro?: Record<string, string>;
  questions?: Question[];
}

export interface FormAnswer {
  id: string;
  kind: 'name' | 'email' | 'phone' | 'text' | 'choice' | 'consent';
  label: string;
  value: string;
}

export interface FormEvent {
  answers: FormAnswer[];
  name: 'form';
}

export interface GroupOut {
  key: string;
  name: string;
  seconds: FiguresOut;
}

export interface HandoverOut {
  from_id: string | null;
  to_id: string;
  at: string;
  why: string;
}

export interface HappenedOut {
  seq: number;
  topic: string;
  at: string;
  actor_kind: 'agent' | 'visitor' | 'system' | 'import';
  actor: string;
  payload: Record<string, unknown>;
}

export interface HappeningOut {
  at: string;
  conversation: ConversationOut | null;
  record: RecordOut | null;
}

export interface HealthOut {
  status: string;
  version: string;
  database: string;
  redis: string | null;
  migration: string;
  uptime_seconds: number;
}

export interface HolidaysIn {
  country: string;
  years: number[];
  region?: string;
  locale?: string;
}

export interface HourOut {
  at: string;
  arrived: number;
  answered: number;
  service_level: number | null;
  abandon_rate: number | null;
}

export interface Hours {
  calendar_id?: string;
}

export interface HoursChange {
  calendar_id?: string | null;
}

export interface HoursOut {
  at: string;
  state: HoursState;
  why: 'week' | 'day' | 'closure' | 'extension';
  name: string;
  last_intake: boolean;
  until: string | null;
  closes_at: string | null;
  opens_at: string | null;
}

export type HoursState = 'open' | 'break' | 'closed' | 'holiday';

export interface HoursSwitchIn {
  kind: 'close' | 'extend';
  category_ids: string[];
  starts_at?: string | null;
  ends_at?: string | null;
  note?: string;
}

export interface HoursSwitchOut {
  id: string;
  kind: 'close' | 'extend';
  category_ids: string[];
  note: string;
  starts_at: string;
  ends_at: string | null;
  by_name: string;
  created_at: string;
  ended_by_name: string;
}

export interface IdentityIn {
  id?: string;
  name?: string;
  email?: string;
  phone?: string;
  signature?: string;
}

export interface IntroducedEvent {
  answers: FormAnswer[];
  verified: boolean;
  name: 'introduced';
}

export interface KindOut {
  kind: ChannelKind;
  settings: SettingOut[];
  capabilities: CapabilitiesOut;
}

export interface LabelOut {
  id: string;
  label: string;
}

export interface LimitNearEvent {
  ends_at: string;
  end: 'notice' | 'close';
  name: 'limit_near';
}

export interface LimitReachedEvent {
  end: 'notice' | 'close';
  name: 'limit_reached';
}

export interface LoadedOut {
  loaded: number;
  removed: number;
  calendar: CalendarOut;
}

export interface Location {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface Mail {
  author?: string;
  name?: string;
  written_at?: string | null;
  caution?: string;
  subject?: string;
  renamed?: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  id?: string;
  reply_to?: string;
  answers?: string;
  answered?: string | null;
  references?: string[];
  signature?: string;
  quoted_from?: string;
  html?: string;
  quoted?: string;
  automatic?: string;
  left_out?: number;
}

export interface MailFolderOut {
  name: string;
  last_uid: number;
  since: string;
  backfill_from: string | null;
  read_at: string | null;
}

export interface MailIn {
  subject?: string;
  cc?: string[];
  bcc?: string[];
  answered?: string | null;
}

export interface MailOut {
  id: string;
  mail_id: string;
  subject: string;
  text: string;
  html: string;
  remote: number;
  channel_ids: string[];
  is_raw: boolean;
  at: string;
}

export interface MailPointsAtEvent {
  other_id: string;
  settled?: '' | 'joined' | 'apart';
  by_id?: string;
  by_name?: string;
  name: 'mail_points_at';
}

export interface MailReturnedEvent {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  detail: string;
  copies?: string[];
  name: 'mail_returned';
}

export interface MeChange {
  name?: string;
  locale?: 'en' | 'zh-TW';
  theme?: 'system' | 'light' | 'dark';
  password?: string;
  current_password?: string;
}

export interface MentionOut {
  id: string;
  conversation_id: string;
  message_id: string;
  seq: number;
  by_id: string;
  by_name: string;
  at: string;
  read_at: string | null;
}

export interface MergeIn {
  contact_ids: string[];
}

export interface MergeOut {
  id: string;
  contact: ContactOut;
  merged: MergedOut[];
  filled: string[];
  at: string;
  by_id: string;
  undone_at: string | null;
  undone_by_id: string | null;
}

export interface MergePreview {
  contact: ContactOut;
  filled: string[];
  contact_points: number;
  conversations: number;
  records: number;
}

export interface MergedOut {
  id: string;
  name: string;
}

export interface MessageIn {
  id: string;
  text?: string;
  visibility?: 'public' | 'internal';
  file_ids?: string[];
  seen_up_to?: number | null;
  anyway?: boolean;
  draft?: number | null;
  mentions?: string[];
  reply_to?: string | null;
  mail?: MailIn | null;
  choices?: string[];
  template?: TemplateIn | null;
}

export interface MessageLeftEvent {
  why: 'no_room' | 'late';
  name: 'message_left';
}

export interface MessageOut {
  id: string;
  conversation_id: string;
  seq: number;
  kind: 'text' | 'file' | 'event';
  author: AuthorOut;
  visibility: 'public' | 'internal';
  text: string;
  files: FileOut[];
  event: QueuedEvent | DecidedEvent | AssignedEvent | StartedEvent | TransferredEvent | ReturnedEvent | OverflowedEvent | MessageLeftEvent | AgentRemindedEvent | EscalatedEvent | LimitNearEvent | LimitReachedEvent | OfferEndedEvent | ClosedEvent | FormEvent | IntroducedEvent | MailPointsAtEvent | MailReturnedEvent | null;
  at: string;
  client_id: string | null;
  state: 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';
  mentions: string[];
  details?: Particulars | null;
}

export interface MessagePage {
  items: MessageOut[];
  more: boolean;
}

export interface Missed {
  kind: string;
  reason?: string;
  detail?: string;
  address: string;
}

export interface NeedsIn {
  priority?: number;
  skills?: string[];
}

export interface NextMailOut {
  sender: string;
  answered: string;
  newest: string;
  to: string[];
  cc: string[];
  subject: string;
  signature: string;
}

export interface OfferEndedEvent {
  agent_id: string;
  agent_name: string;
  why: 'missed' | 'declined' | 'lost';
  name: 'offer_ended';
}

export interface OfficeDaysIn {
  text: string;
  like?: number;
}

export interface OrderIn {
  ids: string[];
}

export interface OverflowedEvent {
  to_team_id: string;
  to_team_name: string;
  why: 'no_room' | 'late';
  name: 'overflowed';
}

export interface OwnerChange {
  name?: string;
  agent_id?: string | null;
  active?: boolean;
}

export interface OwnerIn {
  name: string;
  agent_id?: string | null;
}

export interface OwnerOut {
  id: string;
  name: string;
  active: boolean;
  agent_id: string | null;
}

export interface Particulars {
  location?: Location | null;
  sticker?: Sticker | null;
  cards?: Card[];
  button?: Button | null;
  choices?: string[];
  reply_to?: string;
  tokens?: Record<string, string>;
  reactions?: Reaction[];
  versions?: Version[];
  changed_at?: Record<string, string>;
  deleted_at?: string | null;
  written_at?: string | null;
  unsupported?: string;
  payload?: string;
  mail?: Mail | null;
  template?: SentTemplate | null;
  failure?: Failure | null;
  missed?: Missed[];
  elsewhere?: Elsewhere | null;
  referral?: string;
}

export interface PayloadDetailOut {
  id: string;
  channel_id: string;
  at: string;
  error: string;
  size: number;
  attempts: number;
  state: PayloadState;
  headers: Record<string, string>;
  text: string;
}

export interface PayloadOut {
  id: string;
  channel_id: string;
  at: string;
  error: string;
  size: number;
  attempts: number;
}

export interface PayloadPage {
  items: PayloadOut[];
  next: string | null;
}

export type PayloadState = 'received' | 'done' | 'quarantined' | 'dismissed';

export interface Period {
  start: string;
  end: string;
  kind?: 'open' | 'break';
}

export interface PointOut {
  id: string;
  channel_id: string;
  channel_kind: string;
  channel_name: string;
  name: string;
  email: string;
  phone: string;
  locale: string;
  time_zone: string;
  browser: string;
  created_at: string;
  last_at: string | null;
  unreachable: string;
  can_begin: boolean;
  begins_by: '' | 'text' | 'template';
  why_not: '' | 'channel' | 'unreachable' | 'window';
}

export interface PointsOut {
  linked: PointOut[];
  suggested: PointOut[];
  unused: UnusedOut[];
}

export interface PreferencesIn {
  time_zone?: string | null;
  single_keys?: boolean;
  list_order?: 'longest_wait' | 'newest' | 'oldest';
  sound_volume?: number;
  sound_conversation?: 'off' | 'chime' | 'knock' | 'drop';
  sound_message?: 'off' | 'chime' | 'knock' | 'drop';
  sound_mention?: 'off' | 'chime' | 'knock' | 'drop';
  notify_conversation?: boolean;
  notify_message?: boolean;
  notify_mention?: boolean;
  signature?: string;
}

export interface PreferencesOut {
  id: string;
  time_zone: string | null;
  single_keys: boolean;
  list_order: 'longest_wait' | 'newest' | 'oldest';
  sound_volume: number;
  sound_conversation: 'off' | 'chime' | 'knock' | 'drop';
  sound_message: 'off' | 'chime' | 'knock' | 'drop';
  sound_mention: 'off' | 'chime' | 'knock' | 'drop';
  notify_conversation: boolean;
  notify_message: boolean;
  notify_mention: boolean;
  signature: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  field?: string;
  errors?: Wrong[];
}

export interface Prompt {
  on?: boolean;
  texts?: Record<string, string>;
}

export interface Prompts {
  welcome?: Prompt;
  choose_team?: Prompt;
  connecting?: Prompt;
  connected?: Prompt;
  connect_failed?: Prompt;
  leave_message?: Prompt;
  queue?: Prompt;
  after_hours?: Prompt;
  holiday?: Prompt;
  break_time?: Prompt;
  no_agents?: Prompt;
  idle_reminder?: Prompt;
  idle_close?: Prompt;
  closed?: Prompt;
  rating_invitation?: Prompt;
  rating_in_words?: Prompt;
  rating_thanks?: Prompt;
}

export interface PromptsChange {
  welcome?: Prompt | null;
  choose_team?: Prompt | null;
  connecting?: Prompt | null;
  connected?: Prompt | null;
  connect_failed?: Prompt | null;
  leave_message?: Prompt | null;
  queue?: Prompt | null;
  after_hours?: Prompt | null;
  holiday?: Prompt | null;
  break_time?: Prompt | null;
  no_agents?: Prompt | null;
  idle_reminder?: Prompt | null;
  idle_close?: Prompt | null;
  closed?: Prompt | null;
  rating_invitation?: Prompt | null;
  rating_in_words?: Prompt | null;
  rating_thanks?: Prompt | null;
}

export interface Question {
  id: string;
  kind: 'name' | 'email' | 'phone' | 'text' | 'choice' | 'consent';
  required?: boolean;
  labels?: Record<string, string>;
  options?: Record<string, string>[];
  url?: string;
}

export interface QueueOut {
  team_id: string;
  name: string;
  waiting: number;
  oldest: string | null;
  ready_agents: number;
}

export interface QueuedEvent {
  team_id: string;
  name: 'queued';
}

export interface Queueing {
  points_per_second?: number;
  may_wait?: 'always' | 'online' | 'never';
  max_length?: number;
  when_full?: 'close' | 'overflow' | 'message';
  full_team?: string;
  max_wait?: number;
  when_late?: 'close' | 'overflow' | 'message';
  late_team?: string;
  tell_every?: number;
}

export interface QueueingChange {
  points_per_second?: number | null;
  may_wait?: 'always' | 'online' | 'never' | null;
  max_length?: number | null;
  when_full?: 'close' | 'overflow' | 'message' | null;
  full_team?: string | null;
  max_wait?: number | null;
  when_late?: 'close' | 'overflow' | 'message' | null;
  late_team?: string | null;
  tell_every?: number | null;
}

export interface RatedOut {
  conversation_id: string;
  service_record_id: string | null;
  agent_id: string;
  category_id: string;
  contact_name: string;
  asked_at: string;
  rated_at: string | null;
  stars: number | null;
  comment: string;
  reasons: string[];
}

export interface RatedPage {
  items: RatedOut[];
  next: string | null;
}

export interface RatingFigures {
  asked: number;
  count: number;
  average: number | null;
  stars: number[];
}

export interface RatingGroup {
  key: string;
  name: string;
  figures: RatingFigures;
}

export interface RatingIn {
  conversation_id: string;
  stars: number;
  comment?: string;
  reasons?: number[];
}

export interface Reaction {
  emoji: string;
  by: string;
  name?: string;
}

export interface ReactionIn {
  emoji: string;
}

export interface ReasonChange {
  label?: string;
  parent_id?: string | null;
  description?: string;
  active?: boolean;
  position?: number;
  category_ids?: string[];
}

export interface ReasonIn {
  label: string;
  parent_id?: string | null;
  description?: string;
  position?: number;
  category_ids?: string[];
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

export interface RecordChange {
  version?: number | null;
  result_id?: string | null;
  reason_ids?: string[];
  notes?: string;
  contact_id?: string | null;
}

export interface RecordDetail {
  id: string;
  number: number;
  version: number;
  state: RecordState;
  direction: 'inbound' | 'outbound';
  handler_id: string;
  contact_id: string | null;
  contact_name: string;
  contact_point_id: string;
  address: string;
  owner_id: string | null;
  owner_name: string;
  category_id: string;
  category_name: string;
  channel_id: string;
  channel_kind: ChannelKind;
  channel_name: string;
  result: LabelOut | null;
  reasons: LabelOut[];
  notes: string;
  edited_by_id: string | null;
  edited_at: string | null;
  started_at: string;
  conversation_ended_at: string | null;
  ended_at: string | null;
  waited_seconds: number;
  rating: number | null;
  conversation_ids: string[];
  subject: string;
  last_sent: 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | null;
  requires: ('result' | 'reasons' | 'notes' | 'contact')[];
  handovers: HandoverOut[];
  conversations: ConversationOut[];
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
  contact_point_id: string;
  address: string;
  owner_id: string | null;
  owner_name: string;
  category_id: string;
  category_name: string;
  channel_id: string;
  channel_kind: ChannelKind;
  channel_name: string;
  result: LabelOut | null;
  reasons: LabelOut[];
  notes: string;
  edited_by_id: string | null;
  edited_at: string | null;
  started_at: string;
  conversation_ended_at: string | null;
  ended_at: string | null;
  waited_seconds: number;
  rating: number | null;
  conversation_ids: string[];
  subject: string;
  last_sent: 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | null;
  requires: ('result' | 'reasons' | 'notes' | 'contact')[];
}

export interface RecordPage {
  items: RecordOut[];
  next: string | null;
  previous: string | null;
  count: number | null;
}

export type RecordState = 'open' | 'wrap_up' | 'completed';

export interface ResultChange {
  label?: string;
  category?: string;
  applies_to?: ('inbound' | 'outbound' | 'phone' | 'messaging')[];
  automatic?: boolean;
  automatic_in?: string[];
  active?: boolean;
  position?: number;
}

export interface ResultIn {
  label: string;
  category?: string;
  applies_to?: ('inbound' | 'outbound' | 'phone' | 'messaging')[];
  automatic?: boolean;
  automatic_in?: string[];
  position?: number;
}

export interface ResultOut {
  id: string;
  label: string;
  category: string;
  applies_to: ('inbound' | 'outbound' | 'phone' | 'messaging')[];
  automatic: boolean;
  automatic_in: string[];
  active: boolean;
  position: number;
}

export interface ReturnedEvent {
  agent_id: string;
  agent_name: string;
  why: 'agent_lost' | 'agent_silent';
  name: 'returned';
}

export interface ReturnedOut {
  conversation_id: string;
  contact_name: string;
  state: State;
  agent_id: string | null;
}

export interface RoleChange {
  name?: string;
  description?: string;
  permissions?: string[];
}

export interface RoleIn {
  name: string;
  description?: string;
  permissions?: string[];
}

export interface RoleOut {
  id: string;
  name: string;
  description: string;
  permissions: string[];
  fixed: boolean;
}

export interface Satisfaction {
  agent_invites?: boolean;
  after_close?: boolean;
  least_messages?: number;
  valid_for?: number;
  reasons?: Record<string, string>[];
}

export interface SatisfactionChange {
  agent_invites?: boolean | null;
  after_close?: boolean | null;
  least_messages?: number | null;
  valid_for?: number | null;
  reasons?: Record<string, string>[] | null;
}

export interface SatisfactionReport {
  timezone: string;
  total: RatingFigures;
  by_agent: RatingGroup[];
  by_category: RatingGroup[];
  by_day: RatingGroup[];
}

export interface SavedViewChange {
  name?: string;
  query?: string;
  shared?: boolean;
}

export interface SavedViewIn {
  name: string;
  query: string;
  shared?: boolean;
}

export interface SavedViewOut {
  id: string;
  name: string;
  query: string;
  agent_id: string;
  shared: boolean;
}

export interface ScheduledIn {
  id: string;
  text?: string;
  visibility?: 'public' | 'internal';
  file_ids?: string[];
  seen_up_to?: number | null;
  anyway?: boolean;
  draft?: number | null;
  mentions?: string[];
  reply_to?: string | null;
  mail?: MailIn | null;
  choices?: string[];
  template?: TemplateIn | null;
  send_at?: string | null;
}

export interface ScheduledOut {
  id: string;
  conversation_id: string;
  client_id: string;
  agent_id: string;
  agent_name: string;
  text: string;
  files: FileOut[];
  mail: MailIn | null;
  choices: string[];
  reply_to: string | null;
  after_seq: number;
  chosen: boolean;
  due_at: string;
  created_at: string;
  state: 'waiting' | 'sent' | 'taken_back' | 'discarded';
  message_id: string | null;
}

export interface SeenIn {
  seq: number;
}

export interface SentTemplate {
  name: string;
  language?: string;
  values?: Record<string, string>;
  links?: string[];
}

export interface ServerSecretOut {
  secret: string;
}

export interface ServiceMode {
  mode?: 'automatic' | 'manual';
  connect_within?: number;
  break_after_miss?: boolean;
}

export interface ServiceModeChange {
  mode?: 'automatic' | 'manual' | null;
  connect_within?: number | null;
  break_after_miss?: boolean | null;
}

export interface SessionOut {
  workspace: WorkspaceOut;
  agent: AgentOut;
  preferences: PreferencesOut;
  permissions: string[];
  csrf: string;
  seq: number;
}

export interface SessionSettings {
  prompts?: Prompts;
  allocation?: Allocation;
  service_mode?: ServiceMode;
  queue?: Queueing;
  closure?: Closure;
  hours?: Hours;
  satisfaction?: Satisfaction;
}

export interface SessionSettingsChange {
  prompts?: PromptsChange;
  allocation?: AllocationChange;
  service_mode?: ServiceModeChange;
  queue?: QueueingChange;
  closure?: ClosureChange;
  hours?: HoursChange;
  satisfaction?: SatisfactionChange;
  version: number;
}

export interface SessionSettingsOut {
  id: string;
  version: number;
  in_force: SessionSettings;
  inherited: SessionSettings;
  overridden: string[];
  differing: Record<string, string[]>;
}

export interface SettingOut {
  name: string;
  kind: 'text' | 'secret' | 'url' | 'email' | 'number' | 'switch' | 'choice' | 'texts';
  required: boolean;
  default: unknown;
  choices: string[];
  most: number;
  of: string[];
  made: boolean;
}

export interface SetupIn {
  workspace_name: string;
  name: string;
  email: string;
  password: string;
  locale?: 'en' | 'zh-TW';
  timezone?: string;
}

export interface SetupOut {
  needed: boolean;
}

export interface SignInIn {
  email: string;
  password: string;
  workspace_id?: string | null;
  new_password?: string | null;
}

export interface SnoozeIn {
  until?: string | null;
}

export interface SpecialDayIn {
  kind?: 'holiday' | 'working' | 'other';
  name?: string;
  like?: number | null;
  periods?: Period[];
}

export interface SpecialDayOut {
  date: string;
  kind: 'holiday' | 'working' | 'other';
  name: string;
  like: number | null;
  periods: Period[];
  source: string;
}

export interface StaffingOut {
  erlangs: number;
  needed: number;
  rows: ExpectedOut[];
}

export interface StandingOut {
  ok: boolean;
  detail: string;
  account: string;
  since: string;
  heard_at: string | null;
}

export interface StartIn {
  contact_point_id?: string;
  channel_id?: string;
  id: string;
  text?: string;
  file_ids?: string[];
  mail?: MailIn | null;
  choices?: string[];
  template?: TemplateIn | null;
}

export interface StartedEvent {
  agent_id: string;
  agent_name: string;
  team_id: string;
  name: 'started';
}

export type State = 'bot' | 'waiting' | 'offered' | 'active' | 'closed';

export interface Sticker {
  id: string;
  package?: string;
  emoji?: string;
  url?: string;
  keywords?: string[];
}

export interface StorageOut {
  used: number;
  limit: number | null;
}

export interface SuggestedOut {
  contact_point_id: string;
  contacts: ContactOut[];
}

export interface TeamChange {
  name?: string;
  limit?: number | null;
  active?: boolean;
  member_ids?: string[];
  priorities?: Record<string, number>;
}

export interface TeamIn {
  name: string;
  limit?: number | null;
  member_ids?: string[];
}

export interface TeamOut {
  id: string;
  name: string;
  limit: number | null;
  active: boolean;
  member_ids: string[];
  priorities: Record<string, number>;
}

export interface Template {
  name: string;
  language: string;
  state: 'approved' | 'pending' | 'rejected' | 'paused' | 'disabled' | 'other';
  text: string;
  places?: string[];
  head?: '' | 'image' | 'video' | 'document';
  buttons?: TemplateButton[];
  beyond?: '' | 'header' | 'buttons';
}

export interface TemplateButton {
  kind: 'reply' | 'url' | 'phone' | 'code' | 'other';
  text: string;
  url?: string;
  place?: string;
}

export interface TemplateIn {
  name: string;
  language: string;
  values?: Record<string, string>;
}

export interface TemplatesOut {
  fetched_at: string | null;
  items: Template[];
}

export interface TimelinePage {
  items: HappeningOut[];
  next: string | null;
}

export interface TokenCreatedOut {
  id: string;
  name: string;
  prefix: string;
  created_at: string;
  last_used_at: string | null;
  token: string;
}

export interface TokenIn {
  name: string;
}

export interface TokenOut {
  id: string;
  name: string;
  prefix: string;
  created_at: string;
  last_used_at: string | null;
}

export interface TransferIn {
  agent_id?: string | null;
  team_id?: string | null;
  note?: string;
}

export interface TransferredEvent {
  by_id: string;
  by_name: string;
  note: string;
  to_agent_id?: string | null;
  to_agent_name?: string | null;
  to_team_id?: string | null;
  to_team_name?: string | null;
  name: 'transferred';
}

export interface TrendOut {
  team_id: string;
  waiting: number[];
  longest: number[];
}

export interface TriedServerOut {
  headers: Record<string, string>;
  body: string;
  status: number | null;
  answer: string;
  seconds: number;
  why: string;
  falls_back: boolean;
  team_name: string | null;
  agent_names: string[];
}

export interface TryServerIn {
  url: string;
  timeout?: number;
}

export interface UnusedOut {
  channel_id: string;
  channel_kind: string;
  channel_name: string;
  address: string;
  begins_by: '' | 'text' | 'template';
}

export interface Version {
  text: string;
  until: string;
}

export interface VisitorAssignedEvent {
  agent_name: string;
  name: 'assigned';
}

export interface VisitorClosedEvent {
  reason: CloseReason;
  name: 'closed';
}

export interface VisitorConversation {
  id: string;
  state: State;
  agent_name: string | null;
  queue_position: number | null;
  unread: number;
  close_reason: CloseReason | null;
  rating?: VisitorRating | null;
  teams?: VisitorTeam[];
  message_left?: boolean;
}

export interface VisitorIn {
  name?: string;
  email?: string;
  locale?: string;
  time_zone?: string;
  page?: string;
}

export interface VisitorMessage {
  id: string;
  conversation_id: string;
  seq: number;
  by: 'contact' | 'agent' | 'bot' | 'system';
  name: string;
  kind: 'text' | 'file' | 'event';
  text: string;
  files: FileOut[];
  event: VisitorAssignedEvent | VisitorClosedEvent | null;
  at: string;
  client_id: string | null;
  choices?: string[];
}

export interface VisitorMessageIn {
  id: string;
  text?: string;
  file_ids?: string[];
  page?: string;
  form?: Record<string, string>;
}

export interface VisitorOut {
  token: string;
  visitor_id: string;
}

export interface VisitorRating {
  stars: number | null;
  expires_at: string;
  reasons: Record<string, string>[];
}

export interface VisitorSelf {
  name: string;
  answered: string[];
}

export interface VisitorTeam {
  id: string;
  name: string;
}

export interface VisitorView {
  visitor: VisitorSelf;
  conversation: VisitorConversation | null;
  messages: VisitorMessage[];
}

export interface WebchatOut {
  brand: string;
  brand_color: string;
  greeting: string;
  launcher: string;
  position: 'start' | 'end';
  sounds: boolean;
  answers_within: number | null;
  closed_from: string | null;
  opens_at: string | null;
  texts: Record<string, ChannelTexts>;
  locale: string;
  form: Form | null;
}

export interface WorkingTimeOut {
  start: string;
  end: string;
  minutes: number;
}

export interface WorkspaceChange {
  name?: string;
  locale?: 'en' | 'zh-TW';
  timezone?: string;
  limit?: number;
  offline_after?: number;
  return_after?: number;
  last_agent_within?: number;
  kind_limits?: Record<string, number>;
  wait_target?: number;
  undo_mail?: number;
  undo_chat?: number;
  storage_limit?: number | null;
}

export interface WorkspaceOut {
  id: string;
  name: string;
  locale: 'en' | 'zh-TW';
  timezone: string;
  limit: number;
  offline_after: number;
  return_after: number;
  last_agent_within: number;
  kind_limits: Record<string, number>;
  wait_target: number;
  undo_mail: number;
  undo_chat: number;
  storage_limit: number | null;
}

export interface WouldHappenOut {
  calendar_id: string;
  hours: HoursOut;
  handed_over: boolean;
  queued: boolean;
  prompt: 'welcome' | 'choose_team' | 'connecting' | 'connected' | 'connect_failed' | 'leave_message' | 'queue' | 'after_hours' | 'holiday' | 'break_time' | 'no_agents' | 'idle_reminder' | 'idle_close' | 'closed' | 'rating_invitation' | 'rating_in_words' | 'rating_thanks' | null;
  said: Prompt | null;
}

export interface Wrong {
  field: string;
  detail: string;
}
