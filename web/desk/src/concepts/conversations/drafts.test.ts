import { expect, test, vi } from 'vitest';
import type { ConversationOut, DraftOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { forgetUnheld } from '../../live/holding';
import './drafts';

vi.mock('../session', () => ({ session: { at: 'in', agentId: 'me' } }));

test('what is begun keeps an ended conversation, what was sent does not', () => {
  const conversation = (id: string) => ({ id, version: 1, state: 'closed' }) as ConversationOut;
  const draft = (conversation_id: string, text: string) => ({ id: `in ${conversation_id}`, conversation_id, version: 1, text, files: [] }) as unknown as DraftOut;
  apply({ upsert: { conversation: [conversation('begun'), conversation('sent')], draft: [draft('begun', 'Half a'), draft('sent', '')] } });
  forgetUnheld();
  expect([...pool.conversation.keys()]).toEqual(['begun']);
});
