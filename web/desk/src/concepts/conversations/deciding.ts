import type { ConversationOut, Permission } from '../../api/types';
import { pool } from '../../live/entities';
import { listsCame } from '../../live/load';
import { may, me, session } from '../session';
import { mentionedIn } from './mentions';

/**
 * Whether a conversation is mine to decide about, as the server sees it: I serve it, my team does, or I see all.
 * Who was only asked in by a note reads it and leaves notes.
 */
export function decides(row: ConversationOut): boolean {
  if (row.agent_id === session.agentId || may('conversation.read_all')) return true;
  return (me.value?.team_ids.includes(row.team_id) ?? false) && pool.team.get(row.team_id)?.active !== false;
}

/** What one may write: all, notes as somebody who was asked in, or nothing, since it went to others or one's role only reads. */
export type Part = 'member' | 'guest' | 'elsewhere' | 'reader';

export function partIn(row: ConversationOut): Part {
  if (!may('conversation.reply')) return 'reader';
  if (decides(row)) return 'member';
  return mentionedIn.value.includes(row.id) || !listsCame.value ? 'guest' : 'elsewhere';
}

export function mayDo(what: 'take' | 'transfer' | 'close', row: ConversationOut): boolean {
  return may(`conversation.${what}` satisfies Permission) && decides(row);
}
