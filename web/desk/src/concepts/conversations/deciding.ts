import type { ConversationOut, Permission } from '../../api/types';
import { pool } from '../../live/entities';
import { may, me, session } from '../session';

/**
 * Whether a conversation is mine to decide about, as the server sees it: I serve it, my team does, or I see all.
 * Who was only asked in by a note reads it and leaves notes.
 */
export function decides(row: ConversationOut): boolean {
  if (row.agent_id === session.agentId || may('conversation.read_all')) return true;
  return (me.value?.team_ids.includes(row.team_id) ?? false) && pool.team.get(row.team_id)?.active !== false;
}

export function mayDo(what: 'take' | 'transfer' | 'close', row: ConversationOut): boolean {
  return may(`conversation.${what}` satisfies Permission) && decides(row);
}
