import { effectScope, reactive, watch } from 'vue';
import { api } from '../../api/client';
import type { DraftOut, MessageOut, ScheduledOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { hold } from '../../live/holding';
import { live } from '../../live/socket';
import { session } from '../session';
import { tidied } from './choices';
import { createDraftSync, type Content, type DraftState } from './draftSync';
import { mentionsIn } from './mentions';
import { createOutbox } from './outbox';
import { undoSeconds } from './scheduled';
import { attached, filesOf, turnTo, writingOf, writings } from './writings';

const syncs = new Map<string, ReturnType<typeof createDraftSync>>();
const states = reactive(new Map<string, DraftState>());
const scope = effectScope(true);

/** What stands in the composer of a conversation is kept on the server from now on. */
export function keepDraft(conversationId: string): void {
  syncOf(conversationId);
}

/** Whether what stands in a composer is on the server as well. */
export const draftStateOf = (conversationId: string): DraftState => states.get(conversationId) ?? 'none';

/** What was begun in a conversation, here or at another desk; nothing when nothing was. */
export function draftIn(conversationId: string): DraftOut | null {
  const found = [...pool.draft.values()].find((one) => one.conversation_id === conversationId);
  return found && saysSomething(found) ? { ...found, text: found.text || found.aside } : null;
}

/** What was sent leaves an empty row behind. */
const saysSomething = ({ text, aside, files }: DraftOut) => Boolean(text.trim() || aside?.trim()) || files.length > 0;

function syncOf(conversationId: string) {
  const known = syncs.get(conversationId);
  if (known) return known;
  const writing = writingOf(conversationId);
  const content = (): Content => ({ text: writing.text, visibility: writing.kind, aside: writing.aside, files: filesOf(writing), mail: writing.mail, choices: tidied(writing.choices) });
  const sync = createDraftSync({
    read: content,
    write(taken) {
      writing.text = taken.text;
      writing.kind = taken.visibility;
      writing.aside = taken.aside;
      writing.mail = taken.mail;
      writing.choices = [...taken.choices];
      writing.attachments = [...taken.files.map(attached), ...writing.attachments.filter((one) => !one.file)];
    },
    async put({ text, visibility, aside, files, mail, choices }, version) {
      const given = { text, visibility, aside, mail, choices: [...choices], file_ids: files.map((file) => file.id), version };
      const row = await api.put<DraftOut>(`/api/conversations/${conversationId}/draft`, given);
      apply({ upsert: { draft: [row] } });
      return row;
    },
    say: (state) => states.set(conversationId, state),
  });
  syncs.set(conversationId, sync);
  const row = [...pool.draft.values()].find((one) => one.conversation_id === conversationId);
  if (row) sync.take(row);
  scope.run(() => watch(content, sync.changed, { deep: true }));
  return sync;
}

/** What other desks of mine kept, and what was kept before this page was opened. */
watch(
  () => [...pool.draft.values()],
  (rows) => rows.forEach((row) => syncs.get(row.conversation_id)?.take(row)),
);
watch(
  () => live.state,
  (now) => {
    if (now === 'live') void saveAll();
  },
);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void saveAll();
});

async function saveAll(): Promise<void> {
  await Promise.all([...syncs.values()].map((sync) => sync.save()));
}

const colleagues = () => [...pool.agent.values()].filter((one) => one.active);

export const outbox = createOutbox({
  post(conversationId, message, sendAt) {
    const kind = pool.conversation.get(conversationId)?.channel_kind;
    if (sendAt || (message.visibility === 'public' && kind && undoSeconds(kind))) {
      return api.post<ScheduledOut>(`/api/conversations/${conversationId}/scheduled`, { ...message, send_at: sendAt });
    }
    const mentions = message.visibility === 'internal' ? mentionsIn(message.text ?? '', colleagues()) : [];
    return api.post<MessageOut>(`/api/conversations/${conversationId}/messages`, { ...message, mentions });
  },
  confirmed: (accepted) => apply({ upsert: 'due_at' in accepted ? { scheduled: [accepted] } : { message: [accepted] } }, 'list'),
  leaving: (conversationId) => syncOf(conversationId).sent(),
  discarded(conversationId) {
    const row = [...pool.draft.values()].find((one) => one.conversation_id === conversationId);
    if (row) syncOf(conversationId).forget(row);
  },
  guarded(message, newer) {
    apply({ upsert: { message: newer } });
    const writing = writingOf(message.conversationId);
    // What was typed since stays, below what comes back.
    turnTo(writing, message.visibility);
    writing.text = [message.text, writing.text].filter(Boolean).join('\n');
    writing.attachments = [...message.files.map(attached), ...writing.attachments];
    writing.replyTo = message.replyTo;
    writing.mail = message.mail ?? writing.mail;
    writing.choices = [...(message.choices.length ? message.choices : writing.choices)];
    const last = newer.at(-1);
    writing.newerFrom = newer[0]?.seq ?? null;
    writing.guard = { id: message.id, name: last?.author.name ?? '', at: last?.at ?? message.at, seq: last?.seq ?? message.seenUpTo };
  },
});

/** What is written or on its way keeps its conversation. */
hold(() => [
  ...[...pool.draft.values()].filter(saysSomething).map((row) => row.conversation_id),
  ...[...writings].filter(([, { text, aside, attachments }]) => text || aside || attachments.length).map(([id]) => id),
  ...[...outbox.items.values()].map((one) => one.conversationId),
]);

/** Leaving the page with something that is only here deserves a question. */
addEventListener('beforeunload', (event) => {
  if (outbox.items.size > 0 || [...syncs.values()].some((sync) => sync.dirty())) event.preventDefault();
});

/** What one agent wrote is nothing for the next one at the same computer. */
watch(
  () => session.at,
  (at) => {
    if (at === 'in') return;
    syncs.clear();
    states.clear();
    writings.clear();
    outbox.items.clear();
  },
  { flush: 'sync' },
);
