import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { ClipboardList, MessageSquareText, SlidersHorizontal, UserRound, UserRoundCog, UsersRound } from 'lucide-vue-next';
import type { ConversationOut } from '../api/types';
import { decides, knownQueues } from '../concepts/conversations';
import { may, session } from '../concepts/session';
import { useSections } from '../concepts/settings/sections';
import { pool } from '../live/entities';
import { useFormat } from '../ui';
import { commandsHere, type Command } from '../ui/commands';
import { filled, sectionsOf, type Entry, type Section } from './palette';
import { usePaletteFinds } from './usePaletteFinds';

/** First what this very page is for, then what works everywhere, last what comes in a dozen and is sooner found by typing. */
const farness = (one: Command) => (one.label ? 2 : one.group?.startsWith('app.') ? 1 : 0);

/** All that can be reached by name: what one may do here, places, open conversations, and what the server finds. */
export function usePalette(query: Ref<string>) {
  const { t } = useI18n();
  const router = useRouter();
  const format = useFormat();
  const pages = useSections();
  const { finds, asking } = usePaletteFinds(query);

  const place = (id: string, text: string, to: RouteLocationRaw, more: Partial<Entry> = {}): Entry => ({
    id,
    text,
    run: () => void router.push(to),
    ...more,
  });
  const conversation = (row: ConversationOut) =>
    place(
      `conversation:${row.id}`,
      row.contact_name || t('conversations.visitor'),
      { name: 'inbox', params: { view: 'mine', id: row.id } },
      { icon: MessageSquareText, hint: row.last_text || undefined },
    );

  const here = computed<Entry[]>(() =>
    commandsHere()
      .filter((one) => !one.keyOnly && (one.when?.() ?? true))
      .sort((one, other) => farness(one) - farness(other))
      .map((one) => ({
        id: `command:${one.name}:${one.label ?? ''}`,
        text: one.label ?? t(one.name),
        icon: one.icon,
        hint: one.hint,
        keys: one.keys?.split(',')[0],
        run: one.run,
      })),
  );
  const places = computed<Entry[]>(() => [
    ...[...pool.conversation.values()]
      .filter((row) => row.state !== 'closed' && (row.agent_id === session.agentId || (row.state === 'waiting' && decides(row))))
      .map(conversation),
    ...knownQueues.value.map((queue) =>
      place(`queue:${queue.team_id}`, t('app.palette.queue', { name: queue.name }), { name: 'inbox', params: { view: `team-${queue.team_id}` } }, { icon: UsersRound, hint: t('app.palette.waiting', { count: queue.waiting }) }),
    ),
    ...pages.value.flatMap((section) =>
      section.lines.map((line) => place(`settings:${line.key}`, t('app.palette.settings', { name: line.title }), line.to, { icon: SlidersHorizontal })),
    ),
    ...(may('people.manage')
      ? [...pool.agent.values()].map((agent) =>
          place(`agent:${agent.id}`, t('app.palette.agent', { name: agent.name }), { name: 'settings-entry', params: { resource: 'agents', id: agent.id } }, { icon: UserRoundCog }),
        )
      : []),
  ]);

  const found = computed<Section[]>(() => {
    const open = new Set(places.value.map((one) => one.id));
    return filled([
      { name: 'app.palette.conversations', entries: finds.value.conversations.map(conversation).filter((one) => !open.has(one.id)) },
      {
        name: 'app.contacts',
        entries: finds.value.contacts.map((row) =>
          place(`contact:${row.id}`, row.name, { name: 'contact', params: { id: row.id } }, { icon: UserRound, hint: row.email ?? row.phone ?? undefined }),
        ),
      },
      {
        name: 'app.records',
        entries: finds.value.records.map((row) =>
          place(`record:${row.id}`, `${row.number} ${row.contact_name}`, { name: 'record', params: { id: row.id } }, { icon: ClipboardList, hint: format.date(row.started_at) }),
        ),
      },
    ]);
  });

  const sections = computed<Section[]>(() => [...sectionsOf(query.value, here.value, places.value), ...found.value]);
  return { sections, asking };
}
