import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nextTick, watch } from 'vue';
import { standIn } from '../../api/standIn';
import type { ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { listsCame } from '../../live/load';
import { alertsBetween, standingsOf, type Alert } from '../alerts/alerts';
import { session, signIn, signOut } from '../session';
import { inboxKnown, nextWaiting, waitingForMe } from '.';
import { partIn } from './deciding';

const MINE = '/api/conversations?view=mine&limit=200';
const page = (...items: object[]) => ({ items, next: null });
const conversation = (id: string, change: Partial<ConversationOut> = {}) =>
  ({ id, version: 1, agent_id: 'me', state: 'active', snoozed_at: null, woken_at: null, unread: 0, waiting_since: '2026-03-02T09:00:00Z', ...change }) as ConversationOut;

let server: ReturnType<typeof standIn>;
beforeEach(() => {
  server = standIn('me', ['conversation.read', 'record.read']);
});
afterEach(async () => {
  await signOut();
  vi.unstubAllGlobals();
});

async function begin(): Promise<void> {
  await signIn({ email: 'me@example.com', password: 'x' });
  await vi.waitFor(() => expect(inboxKnown.value).toBe(true));
}

test('what waits for me is counted before the inbox was ever opened, and after a gap on whichever page', async () => {
  server.rows[MINE] = page(conversation('a'));
  await begin();
  expect(waitingForMe.value).toBe(1);
  server.rows[MINE] = page(conversation('a'), conversation('b'));
  server.line().say({ type: 'ready', seq: 9, resumed: false });
  await vi.waitFor(() => expect(waitingForMe.value).toBe(2));
});

test('with a changed role nothing that I had is news', async () => {
  server.rows[MINE] = page(conversation('a'), conversation('b'));
  await begin();
  const news: Alert[] = [];
  const stop = watch(
    () => (inboxKnown.value ? standingsOf(pool.conversation.values(), session.agentId) : null),
    (now, before) => void (now && before && news.push(...alertsBetween(before, now))),
  );
  server.who.permissions.push('board.read');
  server.line().onclose({ code: 4401 });
  await vi.waitFor(() => expect(session.permissions).toContain('board.read'));
  await vi.waitFor(() => expect(waitingForMe.value).toBe(2));
  await nextTick();
  stop();
  expect(news).toEqual([]);
});

test('conversations that mention me come as one list, anew after a gap; one that is mentioned later is asked for', async () => {
  const mention = (id: string) => ({ id: `in ${id}`, conversation_id: id, at: '2026-03-02T09:00:00Z', read_at: null });
  const ids = ['a', 'b', 'c'];
  server.rows['/api/mentions'] = ids.map(mention);
  server.rows['/api/conversations?view=mentions&limit=200'] = page(...ids.map((id) => conversation(id, { agent_id: 'mei' })));
  server.rows['/api/conversations/d'] = conversation('d', { agent_id: 'mei' });
  await begin();
  await nextTick();
  expect([...pool.conversation.keys()]).toEqual(ids);
  server.line().say({ type: 'update', seq: 2, upsert: { mention: [mention('d') as never] }, remove: {} });
  await vi.waitFor(() => expect(pool.conversation.has('d')).toBe(true));
  expect(server.asked.filter((path) => /conversations\/\w/.test(path))).toEqual(['/api/conversations/d']);

  server.rows['/api/conversations?view=mentions&limit=200'] = page(conversation('a', { agent_id: 'mei', version: 2, state: 'closed' }));
  server.line().say({ type: 'ready', seq: 9, resumed: false });
  await vi.waitFor(() => expect(pool.conversation.get('a')?.state).toBe('closed'));
});

test('a role without records has an inbox', async () => {
  server.who.permissions = ['conversation.read'];
  server.rows['/api/records?state=open&state=wrap_up&handler_id=me&limit=200'] = 403;
  server.rows[MINE] = page(conversation('a'));
  await begin();
  expect(waitingForMe.value).toBe(1);
});

test('next is only what waits for a team of mine', async () => {
  server.who.teamIds = ['ours'];
  const waiting = (id: string, team_id: string, queued_at: string) => conversation(id, { state: 'waiting', agent_id: null, urgency: 0, team_id, queued_at });
  server.rows['/api/conversations?view=queue&limit=200'] = page(waiting('theirs', 'theirs', '2026-03-02T09:00:00Z'), waiting('ours', 'ours', '2026-03-02T09:05:00Z'));
  await begin();
  expect(nextWaiting('')).toMatchObject({ id: 'ours' });
  expect(nextWaiting('ours')).toBeNull();
});

test('who handed a conversation to others is no guest in it, and whose role only reads writes nothing', async () => {
  server.who.permissions.push('conversation.reply');
  server.rows['/api/mentions'] = [{ id: 'm', conversation_id: 'asked in', at: '2026-03-02T09:00:00Z', read_at: null }];
  await begin();
  await vi.waitFor(() => expect(listsCame.value).toBe(true));
  expect(partIn(conversation('a'))).toBe('member');
  expect(partIn(conversation('asked in', { agent_id: 'mei' }))).toBe('guest');
  expect(partIn(conversation('b', { agent_id: null, state: 'waiting', team_id: 'theirs' }))).toBe('elsewhere');
  server.who.permissions = ['conversation.read'];
  server.line().onclose({ code: 4401 });
  await vi.waitFor(() => expect(session.permissions).toEqual(['conversation.read']));
  expect(partIn(conversation('a'))).toBe('reader');
});
