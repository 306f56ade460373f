import type { MessageState, RecordOut } from '../../api/types';
import { pool } from '../../live/entities';

/** What of a message went out; what waits to be sent has not. */
const WENT_OUT: readonly MessageState[] = ['sent', 'delivered', 'read', 'failed', 'unknown'];

/** What became of the last message of a record that went out: as the conversation says, where its messages are here, else as it was told. */
export function lastSent({ conversation_ids, last_sent }: Pick<RecordOut, 'conversation_ids' | 'last_sent'>): MessageState | null {
  if (last_sent === null) return null;
  const ids = pool.log.get(conversation_ids.at(-1) ?? '') ?? [];
  const last = ids.map((id) => pool.message.get(id)).findLast((one) => one && isOut(one));
  return last?.state ?? last_sent;
}

function isOut({ visibility, author, kind, state }: { visibility: string; author: { kind: string }; kind: string; state: MessageState }): boolean {
  return visibility === 'public' && author.kind !== 'contact' && kind !== 'event' && WENT_OUT.includes(state);
}
